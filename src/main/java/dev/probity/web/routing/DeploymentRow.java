package dev.probity.web.routing;

import dev.probity.gateway.routing.HealthReport;
import dev.probity.gateway.routing.status.CacheFigures;
import dev.probity.gateway.routing.status.RoutingStatus.DeploymentStatus;
import dev.probity.web.Badge;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A deployment as a row.
 *
 * @param models the names that clients ask for which it may serve, with commas between
 * @param badges how it is
 * @param hit share of prompt tokens from the cache
 * @param saved what the cache saved; empty if that is not known
 * @param check the last health check; empty if there was none
 */
public record DeploymentRow(
    String name,
    String provider,
    String models,
    List<Badge> badges,
    int running,
    String firstContent,
    long served,
    long failed,
    long limited,
    String hit,
    Optional<Badge> saved,
    Optional<String> check,
    List<LimitRow> limits) {
  /**
   * One of its provider's limits.
   *
   * @param left such as 120 of 1,000
   * @param scarce whether little is left
   */
  public record LimitRow(String kind, String left, boolean scarce, long resetMillis) {}

  static DeploymentRow of(DeploymentStatus status, long nowMillis) {
    HealthReport health = status.health();
    OptionalLong latency = health.latencyMillis();
    return new DeploymentRow(
        status.name(),
        status.provider(),
        String.join(", ", status.models()),
        badges(status, nowMillis),
        health.running(),
        latency.isPresent() ? Format.duration(latency.getAsLong()) : "–",
        health.served(),
        health.failed(),
        health.limited(),
        hit(status.cache()),
        saved(status.cache()),
        health
            .lastCheck()
            .map(check ->
                (check.good() ? "Check well, " : "Check failed, ")
                    + check.what().replace('_', ' ')
                    + ", "
                    + ago(check.atMillis(), nowMillis)),
        health.limits().stream().map(DeploymentRow::limit).toList());
  }

  static String hit(CacheFigures cache) {
    return Format.percent(cache.usage().cacheRead(), cache.usage().input());
  }

  static Optional<Badge> saved(CacheFigures cache) {
    OptionalLong saved = cache.savedNanoUsd();
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    long nano = saved.getAsLong();
    String tone = nano == 0 ? "plain" : nano > 0 ? "good" : "bad";
    return Optional.of(new Badge(tone, Format.signedUsd(nano)));
  }

  private static List<Badge> badges(DeploymentStatus status, long nowMillis) {
    HealthReport health = status.health();
    List<Badge> badges = new ArrayList<>();
    String since = Format.duration(Math.max(0, nowMillis - health.sinceMillis()));
    switch (health.state()) {
      case CLOSED -> {}
      case OPEN -> badges.add(new Badge("bad", "failing for " + since));
      case HALF_OPEN -> badges.add(new Badge("warn", "being tried, failing for " + since));
    }
    OptionalLong cooling = health.coolingUntilMillis();
    if (cooling.isPresent()) {
      long left = Math.max(0, cooling.getAsLong() - nowMillis);
      badges.add(new Badge("warn", "limited for " + Format.duration(left)));
    }
    if (!status.credential()) {
      badges.add(new Badge("plain", "client's own provider key"));
    }
    if (badges.isEmpty()) {
      badges.add(new Badge("good", "well"));
    }
    return List.copyOf(badges);
  }

  private static LimitRow limit(HealthReport.Limit limit) {
    OptionalLong most = limit.limit();
    boolean scarce = limit.remaining() * 5 < most.orElse(0) || limit.remaining() == 0;
    return new LimitRow(
        limit.kind().replace('_', ' '),
        most.isPresent()
            ? Format.compact(limit.remaining()) + " of " + Format.compact(most.getAsLong())
            : Format.compact(limit.remaining()),
        scarce,
        limit.resetMillis());
  }

  private static String ago(long atMillis, long nowMillis) {
    return Format.duration(Math.max(0, nowMillis - atMillis)) + " ago";
  }
}
