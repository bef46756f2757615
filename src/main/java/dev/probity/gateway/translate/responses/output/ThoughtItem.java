package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import java.util.Optional;

/** A thought, told as its own summary; another vendor's proof of it as its encrypted content. */
final class ThoughtItem extends OutputItem {
  private final Told told = new Told();
  private RawJson whole = RawJson.NULL;
  private Optional<RawText> encryptedContent = Optional.empty();

  ThoughtItem(Output output) {
    super(output, "rs_");
  }

  void prove(Proof proof) {
    encryptedContent = Optional.of(ProofEnvelope.wrap(proof));
  }

  void piece(RawText piece, JsonWriter out) {
    open(out);
    if (frames().areWanted()) {
      if (told.isEmpty()) {
        part("response.reasoning_summary_part.added", RawText.EMPTY.quoted(), out);
      }
      event("response.reasoning_summary_text.delta", out)
          .member("summary_index", 0)
          .member("delta", piece);
      frames().end(out);
    }
    told.add(piece);
  }

  void end(String status, JsonWriter out) {
    open(out);
    if (!told.isEmpty()) {
      whole = told.whole();
      if (frames().areWanted()) {
        event("response.reasoning_summary_text.done", out)
            .member("summary_index", 0)
            .member("text", whole);
        frames().end(out);
        part("response.reasoning_summary_part.done", whole, out);
      }
    }
    close(status, out);
  }

  private void part(String type, RawJson text, JsonWriter out) {
    event(type, out).member("summary_index", 0).name("part");
    summary(text, out);
    frames().end(out);
  }

  private static void summary(RawJson text, JsonWriter out) {
    out.beginObject().member("type", "summary_text").member("text", text).endObject();
  }

  @Override
  void write(String status, JsonWriter out) {
    out.member("type", "reasoning").name("summary").beginArray();
    if (!whole.isNull()) {
      summary(whole, out);
    }
    out.endArray();
    encryptedContent.ifPresent(value -> out.member("encrypted_content", value));
  }
}
