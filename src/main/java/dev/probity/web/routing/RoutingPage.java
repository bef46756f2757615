package dev.probity.web.routing;

import dev.probity.gateway.routing.status.CacheFigures;
import dev.probity.gateway.routing.status.RoutingStatus;
import dev.probity.gateway.routing.status.RoutingStatus.DeploymentStatus;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.kernel.Clock;
import dev.probity.web.Badge;
import dev.probity.web.Pages;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which deployments are well, what is left of their limits, and what their caches are worth. */
public final class RoutingPage {
  private final Pages pages;
  private final RoutingStatus status;
  private final Clock clock;

  public RoutingPage(Pages pages, RoutingStatus status, Clock clock) {
    this.pages = pages;
    this.status = status;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param backedUp whether some model has a second deployment
   * @param hit of all deployments together
   * @param saved of all deployments together; empty if nothing has a price
   */
  public record View(
      List<DeploymentRow> deployments,
      List<CacheRow> caches,
      boolean backedUp,
      String hit,
      Optional<Badge> saved,
      int hours) {
    public long running() {
      return deployments.stream().mapToLong(DeploymentRow::running).sum();
    }

    public long unwell() {
      return deployments.stream()
          .filter(row -> row.badges().stream().anyMatch(badge -> isTrouble(badge.tone())))
          .count();
    }

    public boolean hasLimits() {
      return deployments.stream().anyMatch(row -> !row.limits().isEmpty());
    }

    private static boolean isTrouble(String tone) {
      return tone.equals("bad") || tone.equals("warn");
    }
  }

  /** What the cache of one deployment did for one model. */
  public record CacheRow(
      String deployment,
      String model,
      String read,
      String written,
      String hit,
      Optional<Badge> saved) {}

  public Answer show(Call call) {
    call.query();
    List<DeploymentStatus> deployments = status.deployments(call.caller().organization());
    long now = clock.millis();
    Optional<CacheFigures> all =
        deployments.stream().map(DeploymentStatus::cache).reduce(CacheFigures::plus);
    View view =
        new View(
            deployments.stream().map(each -> DeploymentRow.of(each, now)).toList(),
            caches(deployments),
            isBackedUp(deployments),
            all.map(DeploymentRow::hit).orElse("–"),
            all.flatMap(DeploymentRow::saved),
            RoutingStatus.HOURS);
    return pages.page("RoutingPage", "Routing", "routing", view);
  }

  private static List<CacheRow> caches(List<DeploymentStatus> deployments) {
    List<CacheRow> rows = new ArrayList<>();
    for (DeploymentStatus deployment : deployments) {
      for (RoutingStatus.ModelCache model : deployment.cacheByModel()) {
        CacheFigures figures = model.figures();
        long written = figures.usage().cacheWrite5m() + figures.usage().cacheWrite1h();
        rows.add(
            new CacheRow(
                deployment.name(),
                model.model(),
                Format.compact(figures.usage().cacheRead()),
                Format.compact(written),
                DeploymentRow.hit(figures),
                DeploymentRow.saved(figures)));
      }
    }
    return List.copyOf(rows);
  }

  private static boolean isBackedUp(List<DeploymentStatus> deployments) {
    Set<String> seen = new HashSet<>();
    for (DeploymentStatus deployment : deployments) {
      for (String model : deployment.models()) {
        if (!seen.add(model)) {
          return true;
        }
      }
    }
    return false;
  }
}
