package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the parts of what the model said, each with the signature that Google gave for it. On its
 * way through another vendor's client a signature may have come off its part, and stands alone in
 * an empty thought before or behind it.
 */
final class ModelContent {
  private final GeminiModel model;
  private final JsonWriter out;
  private final Losses losses;
  private final MediaEncoder media;

  /**
   * @param signature empty for none
   */
  record Signed(Part part, RawText signature) {
    boolean isUnsignedCall() {
      return part instanceof Part.ToolCall && signature.isEmpty();
    }
  }

  ModelContent(GeminiModel model, JsonWriter out, Losses losses) {
    this.model = model;
    this.out = out;
    this.losses = losses;
    this.media = new MediaEncoder(out, losses);
  }

  /** The parts that are to be written, with their signatures. */
  List<Signed> sign(List<Part> parts) {
    List<Signed> signed = new ArrayList<>(parts.size());
    RawText loose = RawText.EMPTY;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part instanceof Part.Thought thought) {
        loose = thought(thought, next(parts, i), loose, signed);
        continue;
      }
      RawText own = ownSignature(part);
      if (isSilent(part) && own.isEmpty()) {
        continue;
      }
      if (own.isEmpty() && (part instanceof Part.ToolCall || part instanceof Part.Text)) {
        own = loose;
        loose = RawText.EMPTY;
      }
      signed.add(new Signed(part, own));
    }
    addLoose(loose, signed);
    if (model.wantsSignatures()) {
      stampFirstCall(signed);
    }
    return signed;
  }

  /** Returns the signature that waits for the next part. */
  private RawText thought(
      Part.Thought thought, Optional<Part> next, RawText loose, List<Signed> signed) {
    RawText signature = signature(thought.proof());
    if (signature.isEmpty()) {
      if (!thought.text().isEmpty() || thought.proof().isPresent()) {
        losses.add(Loss.REASONING_HISTORY);
      }
      return loose;
    }
    boolean beforeCall =
        next.isPresent()
            && next.get() instanceof Part.ToolCall call
            && signature(call.proof()).isEmpty();
    if (!thought.text().isEmpty()) {
      signed.add(new Signed(thought, beforeCall ? RawText.EMPTY : signature));
      return beforeCall ? signature : loose;
    }
    boolean behindFirstCall =
        !signed.isEmpty()
            && signed.getLast().isUnsignedCall()
            && signed.stream().noneMatch(each -> !each.signature.isEmpty());
    if (behindFirstCall) {
      signed.set(signed.size() - 1, new Signed(signed.getLast().part, signature));
      return loose;
    }
    addLoose(loose, signed);
    return signature;
  }

  private static Optional<Part> next(List<Part> parts, int at) {
    return parts.stream().skip(at + 1L).filter(part -> !(part instanceof Part.Thought)).findFirst();
  }

  private static void addLoose(RawText signature, List<Signed> signed) {
    if (!signature.isEmpty()) {
      signed.add(new Signed(Part.Text.of(RawText.EMPTY), signature));
    }
  }

  private static boolean isSilent(Part part) {
    return part instanceof Part.Text text && text.text().isEmpty()
        || part instanceof Part.Declined declined && declined.text().isEmpty()
        || part instanceof Part.ToolResult
        || part instanceof Part.Foreign foreign && foreign.origin() != Dialect.GEMINI;
  }

  private RawText ownSignature(Part part) {
    if (part instanceof Part.Foreign foreign && foreign.origin() != Dialect.GEMINI) {
      losses.add(Loss.SERVER_TOOL_HISTORY);
    }
    return switch (part) {
      case Part.ToolCall call -> signature(call.proof());
      case Part.Text text -> signature(text.proof());
      default -> RawText.EMPTY;
    };
  }

  private static RawText signature(Optional<Proof> proof) {
    return proof
        .filter(known -> known.origin() == Dialect.GEMINI)
        .map(Proof::value)
        .orElse(RawText.EMPTY);
  }

  /** Google refuses a step of calls of which the first is not signed. */
  private void stampFirstCall(List<Signed> signed) {
    for (int i = 0; i < signed.size(); i++) {
      Signed each = signed.get(i);
      if (each.part instanceof Part.ToolCall) {
        if (each.signature.isEmpty()) {
          losses.add(Loss.REASONING_HISTORY);
          signed.set(i, new Signed(each.part, Placeholders.UNCHECKED));
        }
        return;
      }
    }
  }

  void write(Signed signed) throws Untranslatable {
    switch (signed.part) {
      case Part.Text text -> {
        mark(text.cache());
        out.beginObject().member("text", text.text());
        end(signed.signature);
      }
      case Part.Thought thought -> {
        out.beginObject().member("text", thought.text()).member("thought", true);
        end(signed.signature);
      }
      case Part.ToolCall call -> call(call, signed.signature);
      case Part.Declined declined -> out.beginObject().member("text", declined.text()).endObject();
      case Part.Media medium -> media.write(medium);
      case Part.Foreign foreign -> out.value(foreign.block());
      case Part.ToolResult _ -> throw new IllegalStateException("part: has no place here");
    }
  }

  private void call(Part.ToolCall call, RawText signature) throws Untranslatable {
    mark(call.cache());
    RawJson input = call.input();
    if (!call.freeform() && !input.isObject()) {
      throw Untranslatable.request(
          "invalid_tool_arguments",
          "The arguments of an earlier call of \""
              + call.name().plain()
              + "\" are not a JSON object, which models of Google's must have. Send them mended.");
    }
    out.beginObject().name("functionCall").beginObject();
    if (!MadeIds.isOne(call.id().plain()) && !call.id().isEmpty()) {
      out.member("id", call.id());
    }
    out.member("name", call.name());
    if (call.freeform()) {
      out.name("args").beginObject().member("input", input).endObject();
    } else {
      out.member("args", input);
    }
    out.endObject();
    end(signature);
  }

  private void end(RawText signature) {
    if (!signature.isEmpty()) {
      out.member("thoughtSignature", signature);
    }
    out.endObject();
  }

  private void mark(CacheMark cache) {
    if (cache != CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
  }
}
