package dev.probity.gateway.openai;

import dev.probity.gateway.DialectErrors;
import dev.probity.gateway.json.JsonText;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;

/** OpenAI's errors. In a stream its SDKs take any event with an {@code error} for one. */
public enum ChatErrors implements DialectErrors {
  INSTANCE;

  @Override
  public String json(Refusal refusal, ExchangeId id) {
    var out = new StringBuilder(160 + refusal.message().length());
    out.append("{\"error\":{\"message\":");
    JsonText.quote(refusal.message(), out);
    out.append(",\"type\":\"").append(type(refusal)).append("\",\"param\":null,\"code\":");
    JsonText.quote(code(refusal), out);
    return out.append("}}").toString();
  }

  @Override
  public String event(Refusal refusal, ExchangeId id) {
    return "data: " + json(refusal, id) + "\n\n";
  }

  static String type(Refusal refusal) {
    if (DialectErrors.isQuota(refusal)) {
      return "insufficient_quota";
    }
    return switch (refusal.reason()) {
      case INVALID,
          UNAUTHENTICATED,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          TIMED_OUT_READING,
          LENGTH_REQUIRED,
          TOO_LARGE,
          UNSUPPORTED_MEDIA,
          HEADERS_TOO_LARGE ->
          "invalid_request_error";
      case FORBIDDEN -> "permission_error";
      case RATE_LIMITED -> "rate_limit_error";
      case INTERNAL, UPSTREAM_FAILED, UNAVAILABLE, UPSTREAM_TIMEOUT -> "server_error";
    };
  }

  /** OpenAI's own word where clients act on it (Codex stops at these), otherwise ours. */
  static String code(Refusal refusal) {
    if (DialectErrors.isQuota(refusal)) {
      return "insufficient_quota";
    }
    return refusal.reason() == Refusal.Reason.RATE_LIMITED ? "rate_limit_exceeded" : refusal.code();
  }
}
