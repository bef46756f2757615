package dev.probity.server.settings;

import dev.probity.gateway.upstream.BreakerSettings;
import dev.probity.gateway.upstream.HealthCheckSettings;
import java.util.List;

/** The keys below a deployment's {@code breaker} and {@code health_check}. */
final class HealthKeys {
  private static final Key<Integer> FAILURES =
      Key.of(
          "failures",
          Types.integer("attempts", 1, 1_000),
          "5",
          "So many failures in a row open the breaker.");
  private static final Key<Double> SHARE =
      Key.of(
          "share",
          share(),
          "0.5",
          "So does this share of failures within the window, from twice as many attempts on as"
              + " failures says.");
  private static final Key<Long> WINDOW =
      Key.of("window", Types.duration("1s", "1h"), "30s", "How far back the share looks.");
  private static final Key<Long> PAUSE =
      Key.of(
          "pause",
          Types.duration("100ms", "1h"),
          "5s",
          "How long nobody calls it; then one call tries. Doubled with each trial that fails, up to"
              + " five minutes.");
  static final Schema<BreakerSettings> BREAKER =
      new Schema<>(
          List.of(FAILURES, SHARE, WINDOW, PAUSE),
          values ->
              new BreakerSettings(
                  values.get(FAILURES), values.get(SHARE), values.get(WINDOW), values.get(PAUSE)));

  private static final Key<Long> EVERY =
      Key.required(
          "every", Types.duration("1s", "1d"), "How often. Costs nothing at any provider.");
  private static final Key<String> PATH =
      Key.optional(
          "path",
          path(),
          "What is asked for, with its credential. Without it: its list of models.");
  static final Schema<HealthCheckSettings> CHECK =
      new Schema<>(
          List.of(EVERY, PATH),
          values -> new HealthCheckSettings(values.get(EVERY), values.optional(PATH)));

  private HealthKeys() {}

  private static Type.Scalar<Double> share() {
    return new Type.Scalar<>(
        "a share above 0, up to 1, such as 0.5",
        text -> {
          double share = Double.parseDouble(text);
          if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("no share");
          }
          return share;
        });
  }

  private static Type.Scalar<String> path() {
    return new Type.Scalar<>(
        "a path that begins with /, without spaces",
        text -> {
          if (!text.startsWith("/") || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("no path");
          }
          return text;
        });
  }
}
