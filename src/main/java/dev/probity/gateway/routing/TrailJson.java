package dev.probity.gateway.routing;

import dev.probity.gateway.json.JsonText;
import dev.probity.gateway.routing.Route.PassedOver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Trail} as JSON. */
final class TrailJson {
  /** Of each list; there can be more routes than anybody reads. */
  static final int MOST = 24;

  private static final int LONGEST_TEXT = 200;
  private static final long PICO_PER_NANO_TIMES_MILLION = 1_000;

  private final Trail trail;
  private final StringBuilder json = new StringBuilder(512);
  private int omitted;

  TrailJson(Trail trail) {
    this.trail = trail;
  }

  String write() {
    json.append('{');
    Route route = trail.route();
    Selection selection = trail.selection();
    if (route != null && selection != null) {
      member(json, "policy", route.policy().text());
      selection.why().ifPresent(why -> member(json.append(','), "first", why.text()));
      selection.stickiness().ifPresent(this::affinity);
      json.append(',');
    }
    json.append("\"candidates\":[");
    if (route != null) {
      List<Candidate> candidates = route.candidates();
      each(candidates, candidate -> candidate(candidate, reason(candidate, selection)));
      each(
          route
              .passedOver()
              .subList(
                  0, Math.clamp((long) MOST - candidates.size(), 0, route.passedOver().size())),
          over -> candidate(over.candidate(), over.reason()));
    }
    json.append("],\"attempts\":[");
    each(trail.attempts(), this::attempt);
    json.append(']');
    rest();
    return json.append('}').toString();
  }

  private void rest() {
    if (!trail.waits().isEmpty()) {
      json.append(",\"waits\":[");
      each(trail.waits(), this::wait);
      json.append(']');
    }
    if (!trail.hedges().isEmpty()) {
      json.append(",\"hedges\":[");
      each(trail.hedges(), this::hedge);
      json.append(']');
    }
    if (!trail.degraded().isEmpty()) {
      json.append(",\"degraded\":[");
      each(trail.degraded(), text -> JsonText.quote(cut(text), json));
      json.append(']');
    }
    if (omitted > 0) {
      json.append(",\"omitted\":").append(omitted);
    }
  }

  private <T> void each(List<T> all, Consumer<T> write) {
    for (int i = 0; i < Math.min(MOST, all.size()); i++) {
      if (json.charAt(json.length() - 1) != '[') {
        json.append(',');
      }
      write.accept(all.get(i));
    }
    omitted += Math.max(0, all.size() - MOST);
  }

  private void affinity(Stickiness sticky) {
    Optional<String> deployment = sticky.deployment();
    if (deployment.isPresent()) {
      json.append(",\"affinity\":{");
      member(json, "deployment", deployment.get());
      json.append(",\"age_ms\":").append(sticky.ageMillis()).append(',');
      member(json, "left", sticky.left()).append('}');
    }
  }

  private String reason(Candidate candidate, @Nullable Selection selection) {
    if (selection == null
        || trail.attempts().stream().anyMatch(each -> each.candidate() == candidate)) {
      return "";
    }
    for (PassedOver over : selection.passedOver()) {
      if (over.candidate() == candidate) {
        return over.reason();
      }
    }
    return "";
  }

  private void candidate(Candidate candidate, String reason) {
    json.append('{');
    member(json, "deployment", candidate.deployment().name()).append(',');
    String model = candidate.configuredModel().orElse(trail.recordedModel());
    member(json, "model", model).append(',');
    member(json, "provider", candidate.deployment().provider().text()).append(',');
    member(json, "dialect", candidate.dialect().text());
    prices(json, trail.price(candidate));
    json.append(',');
    member(json, "reason", reason).append('}');
  }

  static void prices(StringBuilder json, Trail.Prices prices) {
    price(json, "input_nano_usd_per_million", prices.input());
    price(json, "output_nano_usd_per_million", prices.output());
  }

  private static void price(StringBuilder json, String name, OptionalLong picoPerToken) {
    if (picoPerToken.isPresent()) {
      json.append(",\"").append(name).append("\":");
      json.append(picoPerToken.getAsLong() * PICO_PER_NANO_TIMES_MILLION);
    }
  }

  private void attempt(Trail.Attempted each) {
    json.append('{');
    member(json, "deployment", each.candidate().deployment().name()).append(',');
    member(json, "model", each.model()).append(",\"status\":").append(each.status()).append(',');
    member(json, "error", each.error()).append(",\"reused\":").append(each.reused());
    json.append(",\"connect_ms\":").append(each.connectMillis());
    json.append(",\"first_byte_ms\":").append(each.firstByteMillis());
    json.append(",\"total_ms\":").append(each.totalMillis());
    json.append(",\"translated\":").append(trail.isTranslated(each.candidate()));
    json.append(",\"charge_nano_usd\":").append(each.chargeNanoUsd()).append('}');
  }

  private void wait(Trail.Wait each) {
    json.append("{\"after_attempts\":").append(each.afterAttempts());
    json.append(",\"ms\":").append(each.millis()).append(',');
    member(json, "why", each.why()).append('}');
  }

  private void hedge(Trail.Hedge each) {
    json.append('{');
    member(json, "deployment", each.candidate().deployment().name());
    json.append(",\"after_ms\":").append(each.afterMillis()).append('}');
  }

  static StringBuilder member(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":");
    JsonText.quote(cut(value), json);
    return json;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
