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
    var codeAndMessage = new StringBuilder(128 + refusal.message().length());
    codeAndMessage.append("\"code\":");
    JsonText.quote(ChatErrors.code(refusal), codeAndMessage);
    codeAndMessage.append(",\"message\":");
    JsonText.quote(refusal.message(), codeAndMessage);
    return """
    event: error
    data: {"type":"error",%1$s,"param":null,"sequence_number":0}

    event: response.failed
    data: {"type":"response.failed","sequence_number":1,"response":{"id":"resp_%2$s",\
    "object":"response","created_at":%3$d,"status":"failed","error":{%1$s},\
    "incomplete_details":null,"output":[],"usage":null,"metadata":{}}}

    """
        .formatted(codeAndMessage, id, id.startedAtMillis() / 1000);
  }
}
