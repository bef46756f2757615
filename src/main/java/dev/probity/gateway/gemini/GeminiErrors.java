package dev.probity.gateway.gemini;

import dev.probity.gateway.DialectErrors;
import dev.probity.gateway.json.JsonText;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import java.util.Locale;

/** Google's errors: the same object as an answer and in a stream. */
public enum GeminiErrors implements DialectErrors {
  INSTANCE;

  @Override
  public String json(Refusal refusal, ExchangeId id) {
    var out = new StringBuilder(256 + refusal.message().length());
    out.append("{\"error\":{\"code\":").append(refusal.status()).append(",\"message\":");
    JsonText.quote(refusal.message(), out);
    out.append(",\"status\":\"").append(status(refusal));
    out.append(
        "\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":");
    JsonText.quote(refusal.code().toUpperCase(Locale.ROOT), out);
    out.append(",\"domain\":\"probity\",\"metadata\":{\"exchange\":\"").append(id);
    return out.append("\"}}]}}").toString();
  }

  @Override
  public String event(Refusal refusal, ExchangeId id) {
    return "data: " + json(refusal, id) + "\n\n";
  }

  /** The word of Google's for a status (google.rpc.Code). */
  private static String status(Refusal refusal) {
    return switch (refusal.reason()) {
      case INVALID, LENGTH_REQUIRED, TOO_LARGE, UNSUPPORTED_MEDIA, HEADERS_TOO_LARGE ->
          "INVALID_ARGUMENT";
      case UNAUTHENTICATED -> "UNAUTHENTICATED";
      case FORBIDDEN -> "PERMISSION_DENIED";
      case NOT_FOUND -> "NOT_FOUND";
      case METHOD_NOT_ALLOWED -> "UNIMPLEMENTED";
      case RATE_LIMITED -> "RESOURCE_EXHAUSTED";
      case INTERNAL -> "INTERNAL";
      case UPSTREAM_FAILED, UNAVAILABLE -> "UNAVAILABLE";
      case TIMED_OUT_READING, UPSTREAM_TIMEOUT -> "DEADLINE_EXCEEDED";
    };
  }
}
