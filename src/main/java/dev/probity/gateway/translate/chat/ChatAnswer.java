package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a provider's answer, whole or chunk by chunk: they differ in one member's name. */
final class ChatAnswer {
  private static final int MOST_MESSAGE = 2_000;

  private final String member;
  private final ChatBlocks blocks = new ChatBlocks();
  private boolean begun;
  private boolean stopped;
  private boolean failed;

  /**
   * @param member of a choice: {@code message} or {@code delta}
   */
  ChatAnswer(String member) {
    this.member = member;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean hasFailed() {
    return failed;
  }

  void read(RawJson document, Consumer<AnswerEvent> out) throws MalformedJson, Untranslatable {
    RawText id = RawText.EMPTY;
    RawText model = RawText.EMPTY;
    RawJson choices = RawJson.NULL;
    RawJson error = RawJson.NULL;
    JsonCursor cursor = document.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "id" -> id = cursor.textOr(id);
        case "model" -> model = cursor.textOr(model);
        case "choices" -> choices = cursor.raw();
        case "error" -> error = cursor.raw();
        case "object" -> {
          if (cursor.textOr(RawText.EMPTY).is("error")) {
            error = document;
          }
        }
        default -> cursor.skip();
      }
    }
    if (isError(error)) {
      fail(error, out);
      return;
    }
    if (failed || stopped || !choices.isArray()) {
      return;
    }
    JsonCursor each = choices.cursor();
    each.enterArray();
    while (each.nextElement()) {
      RawJson choice = each.raw();
      if (choice.isObject()) {
        if (!begun) {
          begun = true;
          out.accept(new AnswerEvent.Begun(id, model));
        }
        choice(choice, out);
      }
    }
  }

  private void choice(RawJson json, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    long index = 0;
    RawJson message = RawJson.NULL;
    RawText finish = RawText.EMPTY;
    Optional<RawText> sequence = Optional.empty();
    RawJson error = RawJson.NULL;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      if (name.equals(member)) {
        message = cursor.raw();
        continue;
      }
      switch (name) {
        case "index" -> index = cursor.integerOr(0);
        case "finish_reason" -> finish = cursor.textOr(RawText.EMPTY);
        // vLLM says here which stop sequence was met.
        case "stop_reason" -> sequence = cursor.raw().text();
        case "error" -> error = cursor.raw();
        default -> cursor.skip();
      }
    }
    if (index != 0 || stopped || failed) {
      return;
    }
    if (isError(error) || finish.is("error")) {
      fail(error, out);
      return;
    }
    blocks.message(message, out);
    if (!finish.isEmpty()) {
      stopped = true;
      blocks.end(out);
      stop(finish.plain(), sequence, out);
    }
  }

  private void stop(String word, Optional<RawText> sequence, Consumer<AnswerEvent> out) {
    StopReason reason = reason(word);
    boolean met = reason == StopReason.END && sequence.isPresent();
    out.accept(
        new AnswerEvent.Stopped(
            met ? StopReason.STOP_SEQUENCE : reason, met ? sequence : Optional.empty()));
  }

  /** Servers do not always keep to what they sent: with calls it stopped for them. */
  private StopReason reason(String word) {
    return switch (word) {
      case "length", "max_tokens", "model_length" -> StopReason.MAX_TOKENS;
      case "content_filter" -> StopReason.DECLINED;
      default -> {
        if (blocks.hasCalls()) {
          yield StopReason.TOOL_CALLS;
        }
        yield blocks.hasDeclined() ? StopReason.DECLINED : StopReason.END;
      }
    };
  }

  private static boolean isError(RawJson error) {
    return switch (error.kind()) {
      case OBJECT -> true;
      case STRING -> error.length() > 2;
      default -> false;
    };
  }

  private void fail(RawJson error, Consumer<AnswerEvent> out) throws MalformedJson {
    failed = true;
    String message = error.text().map(RawText::plain).orElse("");
    if (error.isObject()) {
      JsonCursor cursor = error.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.name().equals("message")) {
          message = cursor.textOr(RawText.EMPTY).plain();
        }
      }
    }
    String told = message.isEmpty() ? "The provider failed within its answer." : message;
    out.accept(
        new AnswerEvent.Failed(
            new Refusal(
                Reason.UPSTREAM_FAILED,
                "provider_error",
                told.substring(0, Math.min(told.length(), MOST_MESSAGE)))));
  }
}
