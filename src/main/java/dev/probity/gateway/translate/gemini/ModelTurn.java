package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together what clients keep as it was streamed: a content a chunk, a thought in many parts of
 * which the last is signed, and once more on the call behind it.
 */
final class ModelTurn {
  private enum Kind {
    NONE,
    TEXT,
    THOUGHT
  }

  private final List<Part> parts = new ArrayList<>();
  private final List<RawText> run = new ArrayList<>();
  private Kind kind = Kind.NONE;

  /** Takes the next content. */
  void add(List<Part> content) {
    boolean first = true;
    for (Part part : content) {
      switch (part) {
        case Part.Thought thought -> {
          begin(Kind.THOUGHT);
          if (isWhole(thought)) {
            run.clear();
          }
          run.add(thought.text());
          if (thought.proof().isPresent()) {
            end(thought.proof());
          }
        }
        case Part.Text text when text.proof().isEmpty() -> {
          if (!first) {
            end(Optional.empty());
          }
          begin(Kind.TEXT);
          run.add(text.text());
        }
        default -> {
          end(Optional.empty());
          parts.add(part);
        }
      }
      first = false;
    }
  }

  /** All of it; the last that is called. */
  List<Part> parts() {
    end(Optional.empty());
    return parts;
  }

  private void begin(Kind wanted) {
    if (kind != wanted) {
      end(Optional.empty());
      kind = wanted;
    }
  }

  private void end(Optional<Proof> proof) {
    switch (kind) {
      case TEXT -> parts.add(new Part.Text(joined(), CacheMark.NONE, proof));
      case THOUGHT -> {
        if (proof.isEmpty() || !isKnown(proof.get())) {
          parts.add(new Part.Thought(joined(), proof));
        }
      }
      case NONE -> {}
    }
    kind = Kind.NONE;
    run.clear();
  }

  /** Whether a call has brought all of the thought whose pieces were kept unsigned. */
  private boolean isWhole(Part.Thought thought) {
    return thought.proof().isPresent()
        && !run.isEmpty()
        && !thought.text().isEmpty()
        && thought.text().plain().equals(joined().plain());
  }

  /** A client that keeps thoughts sends them twice: by themselves, and on the call behind. */
  private boolean isKnown(Proof proof) {
    return parts.stream()
        .anyMatch(part ->
            part instanceof Part.Thought known
                && known.proof().isPresent()
                && known.proof().get().equals(proof));
  }

  private RawText joined() {
    if (run.size() == 1) {
      return run.getFirst();
    }
    JsonWriter all = new JsonWriter().beginText();
    run.forEach(all::piece);
    return all.endText().toJson().text().orElse(RawText.EMPTY);
  }
}
