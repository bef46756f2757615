package dev.probity.gateway.routing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a deployment is. Times are milliseconds since 1970; counts are since the process started.
 *
 * @param sinceMillis since when the breaker is closed, or not
 * @param coolingUntilMillis until when it is left alone because it said that it has had too much
 * @param running attempts at it that run now
 * @param latencyMillis the moving average of the wait for the first content; empty before the first
 * @param limits as it last told them
 * @param lastCheck empty if it is not checked, or has not been yet
 */
public record HealthReport(
    State state,
    long sinceMillis,
    OptionalLong coolingUntilMillis,
    int running,
    OptionalLong latencyMillis,
    long served,
    long failed,
    long limited,
    List<Limit> limits,
    Optional<Check> lastCheck) {
  /** The breaker's. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN;

    private final String text = name().toLowerCase(Locale.ROOT);

    public String text() {
      return text;
    }
  }

  /**
   * One of its provider's limits.
   *
   * @param kind {@code requests}, {@code tokens}, {@code input_tokens} or {@code output_tokens}
   * @param limit empty if it did not say
   * @param resetMillis when all of it is there again
   */
  public record Limit(String kind, OptionalLong limit, long remaining, long resetMillis) {}

  /**
   * @param what status or error, as a stable word
   */
  public record Check(boolean good, String what, long atMillis) {}
}
