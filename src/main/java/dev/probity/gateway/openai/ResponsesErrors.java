package dev.probity.gateway.openai;

import dev.probity.gateway.DialectErrors;
import dev.probity.gateway.json.JsonText;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;

/**
 * The errors of responses: as for chat completions, but a stream ends with an {@code error} event,
 * which the SDKs look for, and {@code response.failed}, without which Codex takes the stream for
 * cut and asks again.
 */
public enum ResponsesErrors implements DialectErrors {
  INSTANCE;

  @Override
  public String json(Refusal refusal, ExchangeId id) {
    return ChatErrors.INSTANCE.json(refusal, id);
  }

  @Override
  public String event(Refusal refusal, ExchangeId id) {
    return """
    event: error
    data: {"type":"error",%s,"param":null,"sequence_number":0}

    event: response.failed
    data: {"type":"response.failed","sequence_number":1,"response":{"id":"resp_%s",\
    "object":"response","created_at":%d,"status":"failed","error":{%s},\
    "incomplete_details":null,"output":[],"usage":null,"metadata":{}}}

    """
        .formatted(
            codeAndMessage(ChatErrors.code(refusal), refusal),
            id,
            id.startedAtMillis() / 1000,
            codeAndMessage(failure(refusal), refusal));
  }

  private static String codeAndMessage(String code, Refusal refusal) {
    var out = new StringBuilder(128 + refusal.message().length());
    out.append("\"code\":");
    JsonText.quote(code, out);
    out.append(",\"message\":");
    JsonText.quote(refusal.message(), out);
    return out.toString();
  }

  /**
   * Codex asks the same again, several times, unless it knows the code for one by which that is no
   * use. It gives up at {@code server_is_overloaded}, too, which passes: so that is never said.
   */
  private static String failure(Refusal refusal) {
    String code = ChatErrors.code(refusal);
    return switch (refusal.reason()) {
      case INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, NOT_FOUND, FORBIDDEN, UNAUTHENTICATED ->
          code.equals("context_length_exceeded") ? code : "invalid_prompt";
      default ->
          code.equals("server_is_overloaded") || code.equals("slow_down") ? "server_error" : code;
    };
  }
}
