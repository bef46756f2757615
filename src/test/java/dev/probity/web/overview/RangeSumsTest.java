package dev.probity.web.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.HeapTelemetry;
import dev.probity.telemetry.sessions.SampleTelemetry;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.testing.FixedClock;
import dev.probity.web.sessions.Marginals;
import dev.probity.web.sessions.SessionParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeSumsTest {
  private static final long DAY = 86_400_000;
  private static final long NOW = FixedClock.START.toEpochMilli();
  private static final HeapTelemetry TELEMETRY = new HeapTelemetry();

  static {
    SampleTelemetry.fill(TELEMETRY, NOW, List.of(new KeyId("a"), new KeyId("b"), new KeyId("c")));
  }

  private final List<SumRow> all =
      TELEMETRY
          .store()
          .sums()
          .sums(OrganizationId.FIRST, NOW - 60 * DAY, NOW + DAY, Period.WHOLE_RANGE);

  @Test
  void marginals_ofEveryDimension_addUpToTheTotal() {
    Figures total = Marginals.total(all);

    assertThat(total.get(Figure.SESSIONS)).isEqualTo(150);
    for (String dimension : SessionParameters.DIMENSIONS) {
      assertThat(Marginals.by(dimension, all).values().stream().reduce(Figures.NONE, Figures::plus))
          .as(dimension)
          .isEqualTo(total);
    }
  }

  @Test
  void sessions_addUpToTheSums() {
    Figures sessions =
        TELEMETRY.sessions.stream().map(row -> row.figures()).reduce(Figures.NONE, Figures::plus);

    assertThat(sessions).isEqualTo(Marginals.total(all));
  }

  @Test
  void money_isToldApartWhereSubscriptionsPay() {
    Figures total = Marginals.total(all);

    assertThat(total.get(Figure.SPEND_NANO_USD)).isLessThan(total.get(Figure.CHARGE_NANO_USD));
    assertThat(TelemetryTotals.money(total))
        .extracting(Overview.Total::label)
        .containsExactly("Spend", "At API prices", "Claimed by agents", "Unpriced");
    assertThat(TelemetryTotals.money(Figures.NONE))
        .extracting(Overview.Total::label)
        .containsExactly("Spend");
  }
}
