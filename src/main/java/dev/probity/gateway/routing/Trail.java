package dev.probity.gateway.routing;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.routing.Route.PassedOver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exchange's routing path, gathered while it runs: who could have served it, who was passed over
 * and why, and each attempt. As JSON:
 *
 * <pre>{"candidates":[{"deployment","model","provider","reason"}],
 *  "attempts":[{"deployment","model","status","error","reused","connect_ms","first_byte_ms","total_ms"}],
 *  "degraded":["word"]}
 * </pre>
 *
 * where {@code degraded} is only there if something was lost in translation, and {@code reason} is
 * empty for those that were tried or held ready. Names in it come from the configuration, and model
 * names were checked before ({@link dev.probity.gateway.SafeText}).
 *
 * <p>Nearly always the only candidate answers at once. Then the row's own columns say all but four
 * numbers, and only those are stored: see {@link #stored} and {@link #json}.
 */
public final class Trail {
  /** Begins the short stored form; no JSON begins so. */
  private static final char SHORT = '=';

  private static final int SHORT_NUMBERS = 5;

  private record Attempted(
      String deployment,
      String model,
      int status,
      String error,
      boolean reused,
      long connectMillis,
      long firstByteMillis,
      long totalMillis) {}

  private final List<Attempted> attempts = new ArrayList<>(1);
  private final StringBuilder brief = new StringBuilder(0);
  private @Nullable Route route;
  private String recordedModel = "";
  private List<String> degraded = List.of();

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
    attempts.add(
        new Attempted(
            candidate.deployment().name(),
            sentModel,
            status,
            error,
            reused,
            connectMillis,
            firstByteMillis,
            totalMillis));
  }

  /** What the answer's translation left out or changed, as stable words. */
  public void degraded(List<String> words) {
    degraded = words;
  }

  /** Adds an attempt that failed to the short form for the header. */
  public void passedOn(Candidate candidate, String why) {
    brief.append(candidate.deployment().name()).append(':').append(why).append(',');
  }

  /** The short form for the response header: {@code main:503,backup}. */
  public String brief(Candidate serving) {
    return brief.isEmpty() ? serving.deployment().name() : brief + serving.deployment().name();
  }

  /** The short form for the header when nobody served. */
  public String brief() {
    return brief.isEmpty() ? "none" : brief.substring(0, brief.length() - 1);
  }

  /** What is kept of it in the exchange's row. */
  public String stored() {
    Route found = route;
    if (found != null
        && found.candidates().size() == 1
        && found.passedOver().isEmpty()
        && attempts.size() == 1
        && degraded.isEmpty()
        && attempts.getFirst().error().isEmpty()) {
      Attempted only = attempts.getFirst();
      return new StringBuilder(32)
          .append(SHORT)
          .append(only.status())
          .append(only.reused() ? " 1 " : " 0 ")
          .append(only.connectMillis())
          .append(' ')
          .append(only.firstByteMillis())
          .append(' ')
          .append(only.totalMillis())
          .toString();
    }
    return json(found, recordedModel, attempts, degraded);
  }

  /** An exchange's trail as JSON, from what its row keeps. */
  public static String json(Exchange exchange) {
    String stored = exchange.trail();
    if (stored.isEmpty() || stored.charAt(0) != SHORT) {
      return stored;
    }
    String[] numbers = stored.substring(1).split(" ");
    if (numbers.length != SHORT_NUMBERS) {
      return stored;
    }
    StringBuilder json = new StringBuilder(256).append("{\"candidates\":[");
    candidate(json, exchange.deployment(), exchange.resolvedModel(), exchange.provider(), "");
    json.append("],\"attempts\":[");
    attempt(
        json,
        new Attempted(
            exchange.deployment(),
            exchange.resolvedModel(),
            Integer.parseInt(numbers[0]),
            "",
            numbers[1].equals("1"),
            Long.parseLong(numbers[2]),
            Long.parseLong(numbers[3]),
            Long.parseLong(numbers[4])));
    return json.append("]}").toString();
  }

  private static String json(
      @Nullable Route route,
      String recordedModel,
      List<Attempted> attempts,
      List<String> degraded) {
    StringBuilder json = new StringBuilder(256).append("{\"candidates\":[");
    if (route != null) {
      for (Candidate candidate : route.candidates()) {
        candidate(json, candidate, recordedModel, "");
      }
      for (PassedOver each : route.passedOver()) {
        candidate(json, each.candidate(), recordedModel, each.reason());
      }
    }
    json.append("],\"attempts\":[");
    attempts.forEach(each -> attempt(json, each));
    json.append(']');
    if (!degraded.isEmpty()) {
      json.append(",\"degraded\":[\"").append(String.join("\",\"", degraded)).append("\"]");
    }
    return json.append('}').toString();
  }

  private static void candidate(
      StringBuilder json, Candidate candidate, String recordedModel, String reason) {
    candidate(
        json,
        candidate.deployment().name(),
        candidate.configuredModel().orElse(recordedModel),
        candidate.deployment().provider().text(),
        reason);
  }

  private static void candidate(
      StringBuilder json, String deployment, String model, String provider, String reason) {
    json.append(json.charAt(json.length() - 1) == '[' ? "{" : ",{");
    member(json, "deployment", deployment).append(',');
    member(json, "model", model).append(',');
    member(json, "provider", provider).append(',');
    member(json, "reason", reason).append('}');
  }

  private static void attempt(StringBuilder json, Attempted each) {
    json.append(json.charAt(json.length() - 1) == '[' ? "{" : ",{");
    member(json, "deployment", each.deployment()).append(',');
    member(json, "model", each.model()).append(",\"status\":").append(each.status()).append(',');
    member(json, "error", each.error()).append(",\"reused\":").append(each.reused());
    json.append(",\"connect_ms\":").append(each.connectMillis());
    json.append(",\"first_byte_ms\":").append(each.firstByteMillis());
    json.append(",\"total_ms\":").append(each.totalMillis()).append('}');
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
