package dev.probity.web.health;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.HealthRow;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well agents have reported of late.
 *
 * @param rows by key, agent, version and signal, the latest first
 * @param unpriced models that have no known price
 */
public record Health(List<HealthRow> rows, List<Unpriced> unpriced) {
  static final int DAYS = 7;
  private static final long DAY = 24 * 3_600_000L;

  /** A model whose cost is not known. */
  public record Unpriced(String agent, String model, long modelCalls) {}

  static Health of(TelemetryStore telemetry, OrganizationId organization, long nowMillis) {
    long until = nowMillis / DAY * DAY + DAY;
    long from = until - DAYS * DAY;
    List<HealthRow> rows = new ArrayList<>(telemetry.health().since(organization, from));
    rows.sort(Comparator.comparingLong(HealthRow::lastSeenMillis).reversed());
    record Model(String agent, String name) {}
    Map<Model, Long> calls =
        new TreeMap<>(Comparator.comparing(Model::name).thenComparing(Model::agent));
    for (SumRow row : telemetry.sums().sums(organization, from, until, Period.WHOLE_RANGE)) {
      long unpriced = row.figures().get(Figure.UNPRICED);
      if (unpriced > 0) {
        calls.merge(
            new Model(row.dimensions().agent(), row.dimensions().model()), unpriced, Long::sum);
      }
    }
    List<Unpriced> unpriced = new ArrayList<>();
    calls.forEach((model, count) -> unpriced.add(new Unpriced(model.agent, model.name, count)));
    return new Health(List.copyOf(rows), List.copyOf(unpriced));
  }
}
