package dev.probity.gateway.anthropic;

import dev.probity.gateway.DialectErrors;
import dev.probity.gateway.json.JsonText;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;

/** Anthropic's errors. In a stream its SDKs go by the event's name. */
public enum MessagesErrors implements DialectErrors {
  INSTANCE;

  @Override
  public String json(Refusal refusal, ExchangeId id) {
    var out = new StringBuilder(160 + refusal.message().length());
    out.append("{\"type\":\"error\",\"error\":{\"type\":\"").append(type(refusal));
    out.append("\",\"message\":");
    JsonText.quote(refusal.message(), out);
    return out.append("},\"request_id\":\"").append(id).append("\"}").toString();
  }

  @Override
  public String event(Refusal refusal, ExchangeId id) {
    return "event: error\ndata: " + json(refusal, id) + "\n\n";
  }

  private static String type(Refusal refusal) {
    if (DialectErrors.isQuota(refusal)) {
      return "billing_error";
    }
    return switch (refusal.reason()) {
      case INVALID,
          METHOD_NOT_ALLOWED,
          TIMED_OUT_READING,
          LENGTH_REQUIRED,
          UNSUPPORTED_MEDIA,
          HEADERS_TOO_LARGE ->
          "invalid_request_error";
      case UNAUTHENTICATED -> "authentication_error";
      case FORBIDDEN -> "permission_error";
      case NOT_FOUND -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMITED -> "rate_limit_error";
      case INTERNAL, UPSTREAM_FAILED -> "api_error";
      case UNAVAILABLE -> "overloaded_error";
      case UPSTREAM_TIMEOUT -> "timeout_error";
    };
  }
}
