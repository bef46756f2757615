package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the chunks of an answer, each of which is an answer with its part of the content. Why the
 * model stopped is told at the end, as content may come behind it. Of several candidates the first
 * is read.
 */
final class AnswerChunks {
  private static final int MESSAGE_LENGTH = 500;

  private final AnswerBlocks blocks = new AnswerBlocks();
  private final Sources sources = new Sources();
  private boolean begun;
  private boolean stopped;
  private RawText finish = RawText.EMPTY;
  private RawText finishMessage = RawText.EMPTY;

  void read(RawJson chunk, Consumer<AnswerEvent> out) throws MalformedJson, Untranslatable {
    RawText id = RawText.EMPTY;
    RawText model = RawText.EMPTY;
    RawJson candidates = RawJson.EMPTY_ARRAY;
    RawJson feedback = RawJson.NULL;
    JsonCursor json = chunk.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "responseId" -> id = json.textOr(RawText.EMPTY);
        case "modelVersion" -> model = json.textOr(RawText.EMPTY);
        case "candidates" -> candidates = json.raw();
        case "promptFeedback" -> feedback = json.raw();
        case "error" -> {
          if (json.kind() == JsonKind.OBJECT) {
            throw new Untranslatable(error(json.raw()));
          }
        }
        default -> json.skip();
      }
    }
    if (!begun) {
      begun = true;
      out.accept(new AnswerEvent.Begun(id, model));
    }
    if (candidates.isArray()) {
      candidates(candidates, out);
    }
    if (feedback.isObject()) {
      feedback(feedback, out);
    }
  }

  private void candidates(RawJson candidates, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    JsonCursor json = candidates.cursor();
    json.enterArray();
    while (json.nextElement()) {
      RawJson candidate = json.raw();
      if (index(candidate) == 0) {
        candidate(candidate, out);
      }
    }
  }

  private static long index(RawJson candidate) throws MalformedJson {
    long index = 0;
    JsonCursor json = candidate.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("index")) {
        index = json.integerOr(0);
      }
    }
    return index;
  }

  private void candidate(RawJson candidate, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    JsonCursor json = candidate.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "content" -> {
          if (!json.skipNull()) {
            content(json, out);
          }
        }
        case "finishReason" -> finish = json.textOr(RawText.EMPTY).copy();
        case "finishMessage" -> finishMessage = json.textOr(RawText.EMPTY).copy();
        case "groundingMetadata" -> sources.grounding(json.raw());
        case "citationMetadata" -> sources.citations(json.raw());
        default -> json.skip();
      }
    }
  }

  private void content(JsonCursor json, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("parts") && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          blocks.part(json.raw(), out);
        }
      }
    }
  }

  /** Without a candidate the prompt was declined. */
  private void feedback(RawJson feedback, Consumer<AnswerEvent> out) throws MalformedJson {
    RawText reason = RawText.EMPTY;
    RawText message = RawText.EMPTY;
    JsonCursor json = feedback.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "blockReason" -> reason = json.textOr(RawText.EMPTY);
        case "blockReasonMessage" -> message = json.textOr(RawText.EMPTY);
        default -> json.skip();
      }
    }
    if (!reason.isEmpty() && finish.isEmpty()) {
      finish = RawText.of("SAFETY");
      if (!message.isEmpty()) {
        blocks.declined(message, out);
      }
    }
  }

  /** The provider has said everything. */
  void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (stopped) {
      return;
    }
    stopped = true;
    if (finish.isEmpty()) {
      throw Untranslatable.answer(
          "upstream_incomplete", "The provider's answer ended before it was whole. Try again.");
    }
    StopReason reason = reason();
    sources.tell(blocks, out);
    blocks.close(out);
    out.accept(new AnswerEvent.Stopped(reason, Optional.empty()));
    out.accept(AnswerEvent.ENDED);
  }

  private StopReason reason() throws Untranslatable {
    return switch (finish.plain()) {
      case "MAX_TOKENS" -> StopReason.MAX_TOKENS;
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "OTHER",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION",
          "IMAGE_OTHER",
          "NO_IMAGE",
          "MODEL_ARMOR" ->
          StopReason.DECLINED;
      case "MALFORMED_FUNCTION_CALL" -> throw failed("wrote a call of a function that is no call");
      case "UNEXPECTED_TOOL_CALL" -> throw failed("called a tool that it was not offered");
      case "TOO_MANY_TOOL_CALLS" -> throw failed("called tools too many times in a row");
      case "MALFORMED_RESPONSE" -> throw failed("wrote an answer that can't be read");
      default -> blocks.hasCalls() ? StopReason.TOOL_CALLS : StopReason.END;
    };
  }

  private Untranslatable failed(String what) {
    String said = shortened(finishMessage);
    return Untranslatable.answer(
        finish.plain().toLowerCase(Locale.ROOT),
        "The model " + what + (said.isEmpty() ? "" : ": " + said) + ". Try again.");
  }

  private static Refusal error(RawJson error) throws MalformedJson {
    long code = 0;
    RawText message = RawText.EMPTY;
    RawText status = RawText.EMPTY;
    JsonCursor json = error.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "code" -> code = json.integerOr(0);
        case "message" -> message = json.textOr(RawText.EMPTY);
        case "status" -> status = json.textOr(RawText.EMPTY);
        default -> json.skip();
      }
    }
    Reason reason =
        switch ((int) code) {
          case 429 -> Reason.RATE_LIMITED;
          case 503 -> Reason.UNAVAILABLE;
          case 504 -> Reason.UPSTREAM_TIMEOUT;
          default -> Reason.UPSTREAM_FAILED;
        };
    String word = status.isEmpty() ? "upstream_failed" : shortened(status);
    String words = shortened(message);
    return new Refusal(
        reason,
        word.toLowerCase(Locale.ROOT),
        words.isEmpty() ? "The provider's answer broke off with an error." : words);
  }

  private static String shortened(RawText text) {
    String plain = text.plain();
    return plain.length() <= MESSAGE_LENGTH ? plain : plain.substring(0, MESSAGE_LENGTH);
  }
}
