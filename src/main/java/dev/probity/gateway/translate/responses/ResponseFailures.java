package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;

/** What a response that failed says of it. */
final class ResponseFailures {
  private ResponseFailures() {}

  /**
   * @param error an object with {@code code} and {@code message}; anything else says nothing
   */
  static Refusal read(RawJson error) throws MalformedJson {
    String code = "";
    String type = "";
    String message = "";
    if (error.isObject()) {
      JsonCursor cursor = error.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        switch (cursor.name()) {
          case "code" -> code = cursor.textOr(RawText.EMPTY).plain();
          case "type" -> type = cursor.textOr(RawText.EMPTY).plain();
          case "message" -> message = cursor.textOr(RawText.EMPTY).plain();
          case "error" -> {
            if (cursor.kind() == JsonKind.OBJECT) {
              return read(cursor.raw());
            }
          }
          default -> {}
        }
      }
    }
    String word = code.isEmpty() ? type.equals("error") ? "" : type : code;
    return of(
        word.isEmpty() ? "server_error" : word,
        message.isEmpty() ? "The model's provider failed in the middle of its answer." : message);
  }

  static Refusal of(String code, String message) {
    Reason reason =
        switch (code) {
          case "rate_limit_exceeded", "insufficient_quota", "rate_limit_error" ->
              Reason.RATE_LIMITED;
          case "context_length_exceeded",
              "invalid_prompt",
              "invalid_request_error",
              "bio_policy",
              "misalignment_policy_violation" ->
              Reason.INVALID;
          case "server_is_overloaded", "slow_down", "overloaded" -> Reason.UNAVAILABLE;
          default ->
              code.contains("image") && !code.equals("server_error")
                  ? Reason.INVALID
                  : Reason.UPSTREAM_FAILED;
        };
    return new Refusal(reason, code, message);
  }
}
