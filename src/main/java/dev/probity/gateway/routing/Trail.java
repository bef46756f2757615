package dev.probity.gateway.routing;

import dev.probity.gateway.routing.Route.PassedOver;
import org.jspecify.annotations.Nullable;

/**
 * An exchange's routing path, gathered while it runs: who could have served it, who was passed over
 * and why, and each attempt. As JSON:
 *
 * <pre>{"candidates":[{"deployment","model","provider","reason"}],
 *  "attempts":[{"deployment","model","status","error","reused","connect_ms","first_byte_ms","total_ms"}]}
 * </pre>
 *
 * where {@code reason} is empty for those that were tried or held ready. Names in it come from the
 * configuration, and model names were checked before ({@link dev.probity.gateway.SafeText}).
 */
public final class Trail {
  private final StringBuilder attempts = new StringBuilder();
  private final StringBuilder brief = new StringBuilder();
  private @Nullable Route route;
  private String recordedModel = "";

  /**
   * @param recordedModel the requested model in its storable form, shown where the asked-for name
   *     was sent on
   */
  public void routed(Route found, String recordedModel) {
    this.route = found;
    this.recordedModel = recordedModel;
  }

  /**
   * One attempt is over.
   *
   * @param status the upstream's HTTP status, 0 if there was none
   * @param error a stable word; empty if the answer was handed on
   */
  public void attempted(
      Candidate candidate,
      String sentModel,
      int status,
      String error,
      boolean reused,
      long connectMillis,
      long firstByteMillis,
      long totalMillis) {
    attempts.append(attempts.isEmpty() ? "{" : ",{");
    member(attempts, "deployment", candidate.deployment().name()).append(',');
    member(attempts, "model", sentModel).append(",\"status\":").append(status).append(',');
    member(attempts, "error", error).append(",\"reused\":").append(reused);
    attempts.append(",\"connect_ms\":").append(connectMillis);
    attempts.append(",\"first_byte_ms\":").append(firstByteMillis);
    attempts.append(",\"total_ms\":").append(totalMillis).append('}');
  }

  /** Adds an attempt that failed to the short form. */
  public void passedOn(Candidate candidate, String why) {
    brief.append(candidate.deployment().name()).append(':').append(why).append(',');
  }

  /** The short form for the response header: {@code main:503,backup}. */
  public String brief(Candidate serving) {
    return brief.isEmpty()
        ? serving.deployment().name()
        : brief.append(serving.deployment().name()).toString();
  }

  /** The short form when nobody served. */
  public String brief() {
    return brief.isEmpty() ? "none" : brief.substring(0, brief.length() - 1);
  }

  public String json() {
    StringBuilder json = new StringBuilder(160 + attempts.length()).append("{\"candidates\":[");
    Route found = route;
    if (found != null) {
      boolean first = true;
      for (Candidate candidate : found.candidates()) {
        candidate(json, first, candidate, "");
        first = false;
      }
      for (PassedOver each : found.passedOver()) {
        candidate(json, first, each.candidate(), each.reason());
        first = false;
      }
    }
    return json.append("],\"attempts\":[").append(attempts).append("]}").toString();
  }

  private void candidate(StringBuilder json, boolean first, Candidate candidate, String reason) {
    json.append(first ? "{" : ",{");
    member(json, "deployment", candidate.deployment().name()).append(',');
    member(json, "model", candidate.configuredModel().orElse(recordedModel)).append(',');
    member(json, "provider", candidate.deployment().provider().text()).append(',');
    member(json, "reason", reason).append('}');
  }

  private static StringBuilder member(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else {
        json.append(c < ' ' ? ' ' : c);
      }
    }
    return json.append('"');
  }
}
