package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Proof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What another vendor's model thought before its next call, for the call to carry. Bounded. */
final class ThoughtsBefore {
  private static final int MOST_BYTES = 1 << 20;

  private final Map<Integer, JsonWriter> texts = new HashMap<>(2);
  private final List<String> envelopes = new ArrayList<>(1);
  private int bytes;

  void begun(int block) {
    texts.put(block, new JsonWriter().beginText());
  }

  void piece(int block, RawText text) {
    JsonWriter known = texts.get(block);
    if (known == null) {
      return;
    }
    if (bytes + text.length() > MOST_BYTES) {
      // Its vendor wants the whole of it or nothing.
      texts.remove(block);
      return;
    }
    bytes += text.length();
    known.piece(text);
  }

  void proven(int block, Proof proof) {
    JsonWriter known = texts.remove(block);
    if (known == null
        || proof.origin() == Dialect.GEMINI
        || bytes + proof.value().length() > MOST_BYTES) {
      return;
    }
    bytes += proof.value().length();
    RawText thought = known.endText().toJson().text().orElse(RawText.EMPTY);
    envelopes.add(Signatures.carried(thought, proof));
  }

  /** Envelopes for a call, once; empty if there are none. */
  RawText take() {
    RawText all = envelopes.isEmpty() ? RawText.EMPTY : RawText.of(String.join(",", envelopes));
    envelopes.clear();
    texts.clear();
    bytes = 0;
    return all;
  }
}
