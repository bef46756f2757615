package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;

/** What Anthropic says when an answer that had begun well has failed. */
final class MessagesFailure {
  private static final int MESSAGE_LENGTH = 1000;

  private MessagesFailure() {}

  /**
   * @param event with its {@code error}
   */
  static AnswerEvent of(JsonMembers event) throws MalformedJson {
    JsonMembers error = JsonMembers.of(event.get("error"));
    String type = error.textOrEmpty("type").plain();
    RawText said = error.textOrEmpty("message");
    String message = said.isEmpty() ? "The provider failed." : said.plain();
    Reason reason =
        switch (type) {
          case "overloaded_error" -> Reason.UNAVAILABLE;
          case "rate_limit_error" -> Reason.RATE_LIMITED;
          case "timeout_error" -> Reason.UPSTREAM_TIMEOUT;
          default -> Reason.UPSTREAM_FAILED;
        };
    return new AnswerEvent.Failed(
        new Refusal(
            reason,
            type.isEmpty() ? "api_error" : type,
            message.substring(0, Math.min(message.length(), MESSAGE_LENGTH))));
  }
}
