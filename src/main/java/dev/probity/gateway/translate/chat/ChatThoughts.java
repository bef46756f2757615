package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The thoughts of an assistant's message in a conversation. */
final class ChatThoughts {
  private ChatThoughts() {}

  /** Reads what a client brought back. */
  static void read(ChatMessage message, List<Part> parts) throws MalformedJson {
    List<Thinking> thoughts = new ArrayList<>();
    if (message.reasoningDetails.isArray()) {
      JsonCursor cursor = message.reasoningDetails.cursor();
      cursor.enterArray();
      while (cursor.nextElement()) {
        RawJson detail = cursor.raw();
        if (detail.isObject()) {
          add(ChatDetail.read(detail), thoughts);
        }
      }
    }
    thoughts.forEach(thought -> parts.add(thought.toPart()));
    if (thoughts.isEmpty()) {
      message
          .reasoningContent
          .text()
          .or(message.reasoning::text)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> parts.add(new Part.Thought(text, Optional.empty())));
    }
  }

  /** Clients may bring the pieces of a stream back as they came. */
  private static void add(ChatDetail detail, List<Thinking> thoughts) throws MalformedJson {
    boolean more =
        !thoughts.isEmpty()
            && thoughts.getLast().proof.isEmpty()
            && detail.continues(thoughts.getLast().index);
    Thinking thought = more ? thoughts.getLast() : new Thinking(detail.index());
    if (!more) {
      thoughts.add(thought);
    }
    thought.texts.add(detail.text());
    thought.proof = detail.proof();
  }

  private static final class Thinking {
    final long index;
    final List<RawText> texts = new ArrayList<>(1);
    Optional<Proof> proof = Optional.empty();

    Thinking(long index) {
      this.index = index;
    }

    Part toPart() {
      return new Part.Thought(texts.size() == 1 ? texts.getFirst() : joined(texts), proof);
    }
  }

  private static RawText joined(List<RawText> texts) {
    JsonWriter out = new JsonWriter().beginText();
    texts.forEach(out::piece);
    return out.endText().toJson().text().orElse(RawText.EMPTY);
  }

  /** Writes those that came by chat, in the members in which they came; others stay behind. */
  static void write(List<Part.Thought> thoughts, JsonWriter out, Losses losses)
      throws MalformedJson {
    List<Part.Thought> detailed = new ArrayList<>();
    List<RawText> contents = new ArrayList<>();
    List<RawText> plain = new ArrayList<>();
    for (Part.Thought thought : thoughts) {
      Optional<Proof> own = thought.proof().filter(proof -> proof.origin() == Dialect.CHAT);
      if (own.isEmpty()) {
        losses.add(Loss.REASONING_HISTORY);
      } else if (own.get().value().is("reasoning_content")) {
        contents.add(thought.text());
      } else if (own.get().value().is("reasoning")) {
        plain.add(thought.text());
      } else {
        detailed.add(thought);
      }
    }
    member("reasoning_content", contents, out);
    member("reasoning", plain, out);
    if (!detailed.isEmpty()) {
      out.name("reasoning_details").beginArray();
      for (Part.Thought thought : detailed) {
        detail(thought, out);
      }
      out.endArray();
    }
  }

  private static void member(String name, List<RawText> texts, JsonWriter out) {
    if (!texts.isEmpty()) {
      out.name(name).beginText();
      texts.forEach(out::piece);
      out.endText();
    }
  }

  private static void detail(Part.Thought thought, JsonWriter out) throws MalformedJson {
    Proof proof = thought.proof().orElseThrow();
    Optional<RawJson> bare = RawJson.inside(proof.value()).filter(RawJson::isObject);
    boolean hidden = proof.kind() == Proof.Kind.HIDDEN_THOUGHT;
    if (hidden && !thought.text().isEmpty()) {
      out.beginObject()
          .member("type", "reasoning.summary")
          .member("summary", thought.text())
          .endObject();
    }
    out.beginObject();
    if (bare.isPresent()) {
      JsonCursor cursor = bare.get().cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        String name = cursor.name();
        out.member(name, cursor.raw());
      }
    } else {
      // A client that never saw the whole detail: only what it was sealed with.
      out.member("type", hidden ? "reasoning.encrypted" : "reasoning.text");
      out.member(hidden ? "data" : "signature", proof.value());
    }
    if (!hidden) {
      out.member("text", thought.text());
    }
    out.endObject();
  }
}
