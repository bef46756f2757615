package dev.probity.gateway.translate.messages;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the blocks of a request's messages, in order. One a request. */
final class BlockReader {
  /** How the line begins with which Claude Code tells Anthropic, and nobody else, who it is. */
  private static final String ATTRIBUTION = "x-anthropic-billing-header:";

  private final Losses losses;
  private final MediaReader media;

  /** The proof of the call or text that comes next. */
  private Optional<Proof> pending = Optional.empty();

  BlockReader(Losses losses) {
    this.losses = losses;
    this.media = new MediaReader(losses);
  }

  /** What the system says. Without the attribution, which changes with every request. */
  List<Part> system(RawJson value) throws Untranslatable, MalformedJson {
    List<Part> parts = new ArrayList<>();
    for (Part part : content(Role.SYSTEM, value)) {
      if (!(part instanceof Part.Text text && text.text().startsWith(ATTRIBUTION))) {
        parts.add(part);
      } else {
        int line = text.text().indexOf('\\');
        RawText rest = line < 0 ? RawText.EMPTY : text.text().from(line);
        while (rest.startsWith("\\n")) {
          rest = rest.from(2);
        }
        if (!rest.isEmpty()) {
          parts.add(new Part.Text(rest, text.cache(), text.proof()));
        }
      }
    }
    return List.copyOf(parts);
  }

  /** A string, or an array of blocks. */
  List<Part> content(Role role, RawJson value) throws Untranslatable, MalformedJson {
    if (role != Role.ASSISTANT) {
      pending = Optional.empty();
    }
    Optional<RawText> text = value.text();
    if (text.isPresent()) {
      return text.get().isEmpty() ? List.of() : List.of(Part.Text.of(text.get()));
    }
    List<Part> parts = new ArrayList<>();
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      block(json.raw(), parts);
    }
    return List.copyOf(parts);
  }

  private void block(RawJson raw, List<Part> out) throws Untranslatable, MalformedJson {
    JsonMembers block = JsonMembers.of(raw);
    String type = block.text("type").plain();
    switch (type) {
      case "text" -> text(block, out);
      case "image" -> media.image(block, out);
      case "document" -> document(block, out);
      case "search_result" -> searchResult(block, out);
      case "thinking" -> thinking(block, out);
      case "redacted_thinking" -> redacted(block, out);
      case "tool_use" ->
          out.add(
              new Part.ToolCall(
                  block.text("id"),
                  block.text("name"),
                  block.has("input") ? block.get("input") : RawJson.EMPTY_OBJECT,
                  false,
                  takePending(),
                  mark(block)));
      case "tool_result" -> out.add(toolResult(block));
      case "compaction" -> compaction(block, raw, out);
      default -> out.add(new Part.Foreign(Dialect.MESSAGES, type, raw));
    }
  }

  private void text(JsonMembers block, List<Part> out) throws MalformedJson {
    RawJson citations = block.get("citations");
    if (citations.isArray() && !citations.equals(RawJson.EMPTY_ARRAY)) {
      losses.add(Loss.CITATIONS);
    }
    RawText text = block.text("text");
    Optional<Proof> proof = takePending();
    if (!text.isEmpty() || proof.isPresent()) {
      out.add(new Part.Text(text, mark(block), proof));
    }
  }

  private void document(JsonMembers block, List<Part> out) throws Untranslatable, MalformedJson {
    RawText context = block.textOrEmpty("context");
    if (!context.isEmpty()) {
      out.add(Part.Text.of(context));
    }
    citable(block);
    JsonMembers source = JsonMembers.of(block.get("source"));
    if (source.textOrEmpty("type").is("content")) {
      out.addAll(content(Role.USER, source.get("content")));
    } else {
      out.add(media.document(block, source));
    }
  }

  /** Others have no such block, but its words are the client's own and must be read. */
  private void searchResult(JsonMembers block, List<Part> out)
      throws Untranslatable, MalformedJson {
    citable(block);
    out.add(Part.Text.of(block.text("title")));
    out.add(Part.Text.of(block.text("source")));
    out.addAll(content(Role.USER, block.get("content")));
  }

  private void citable(JsonMembers block) throws MalformedJson {
    RawJson citations = block.get("citations");
    if (citations.isObject() && JsonMembers.of(citations).isTrue("enabled")) {
      losses.add(Loss.CITATIONS);
    }
  }

  /** The summary that stands for all that was said before. */
  private static void compaction(JsonMembers block, RawJson raw, List<Part> out) {
    RawText summary = block.textOrEmpty("content");
    out.add(
        summary.isEmpty()
            ? new Part.Foreign(Dialect.MESSAGES, "compaction", raw)
            : Part.Text.of(summary));
  }

  private void thinking(JsonMembers block, List<Part> out) {
    RawText text = block.textOrEmpty("thinking");
    RawText signature = block.textOrEmpty("signature");
    if (signature.isEmpty() || signature.equals(ProofPlace.UNSIGNED)) {
      if (!text.isEmpty()) {
        out.add(new Part.Thought(text, Optional.empty()));
      }
      return;
    }
    Proof proof =
        ProofEnvelope.read(Dialect.MESSAGES, Proof.Kind.SIGNATURE, signature, RawText.EMPTY);
    ProofPlace place = ProofPlace.of(proof);
    Proof plain = place.unmarked(proof);
    switch (place) {
      case THOUGHT -> out.add(new Part.Thought(text, Optional.of(plain)));
      case NEXT -> pending = Optional.of(plain);
      case PREVIOUS -> prove(out, plain);
      case EMPTY_TEXT -> out.add(new Part.Text(RawText.EMPTY, CacheMark.NONE, Optional.of(plain)));
    }
  }

  /** Proves what came just before. */
  private void prove(List<Part> out, Proof proof) {
    Optional<Proof> proven = Optional.of(proof);
    if (!out.isEmpty() && out.getLast() instanceof Part.Text text) {
      out.set(out.size() - 1, new Part.Text(text.text(), text.cache(), proven));
    } else if (!out.isEmpty() && out.getLast() instanceof Part.ToolCall call) {
      out.set(
          out.size() - 1,
          new Part.ToolCall(
              call.id(), call.name(), call.input(), call.freeform(), proven, call.cache()));
    } else {
      losses.add(Loss.REASONING_HISTORY);
    }
  }

  private static void redacted(JsonMembers block, List<Part> out) throws MalformedJson {
    Proof proof =
        ProofEnvelope.read(
            Dialect.MESSAGES, Proof.Kind.HIDDEN_THOUGHT, block.text("data"), RawText.EMPTY);
    out.add(new Part.Thought(RawText.EMPTY, Optional.of(proof)));
  }

  private Part toolResult(JsonMembers block) throws Untranslatable, MalformedJson {
    RawJson content = block.get("content");
    return new Part.ToolResult(
        block.text("tool_use_id"),
        Optional.empty(),
        content == JsonMembers.ABSENT ? List.of() : content(Role.USER, content),
        Optional.empty(),
        block.isTrue("is_error"),
        false,
        mark(block));
  }

  private Optional<Proof> takePending() {
    Optional<Proof> taken = pending;
    pending = Optional.empty();
    return taken;
  }

  static CacheMark mark(JsonMembers block) throws MalformedJson {
    RawJson control = block.get("cache_control");
    if (!control.isObject()) {
      return CacheMark.NONE;
    }
    return JsonMembers.of(control).textOrEmpty("ttl").is("1h")
        ? CacheMark.ONE_HOUR
        : CacheMark.FIVE_MINUTES;
  }
}
