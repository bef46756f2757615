package dev.probity.gateway.repricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import dev.probity.testing.Recharged;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReratingTest {
  private static final Usage USAGE = new Usage(1_000, 0, 0, 0, 100, 0, 0);
  private static final Charge OLD = new Charge(5, false, "old/openai/gpt-5@2026-01-01");
  private static final String USUAL = "=200 0 1 2 3 -1 -1";

  private final FixedClock clock = new FixedClock();
  private final PriceBook prices = PriceBook.shipped(List.of());

  @Test
  void charge_isMadeAgainAtItsTier() {
    for (ServiceTier tier : ServiceTier.values()) {
      Charge right =
          prices
              .price(Provider.SIMULATED, "simulated", clock.millis())
              .orElseThrow()
              .charge(USAGE, tier);
      assertThat(right.tier()).isEqualTo(tier);
      assertThat(again("simulated", "simulated", new Charge(1, false, right.priceVersion())))
          .isEqualTo(right);
    }
    assertThat(again("simulated", "simulated", Charge.UNPRICED).tier())
        .isEqualTo(ServiceTier.STANDARD);
  }

  @Test
  void unknownModel_isUnpriced() {
    assertThat(again("simulated", "nobodys", OLD)).isEqualTo(Charge.UNPRICED);
    assertThat(again("provider of an earlier version", "x", OLD)).isEqualTo(Charge.UNPRICED);
  }

  @Test
  void whatWasNotChargedFor_isLeftOut() {
    assertThat(rerated("simulated", USAGE, Charge.NOTHING, USUAL)).isEqualTo(new Rerated.Free());
    assertThat(rerated("simulated", Usage.NONE, Charge.UNPRICED, USUAL))
        .isEqualTo(new Rerated.Again(Charge.UNPRICED));
  }

  @Test
  void whatCantBeMadeAgain_isKept() {
    assertThat(rerated("h_0123456789abcdef", USAGE, OLD, USUAL)).isEqualTo(new Rerated.Kept());
    String overtaken =
        """
        {"attempts":[{"deployment":"a","status":0,"error":"hedge_lost"},
          {"deployment":"b","status":200,"error":""}]}\
        """;
    String brokenAfterContent =
        """
        {"attempts":[{"deployment":"a","status":200,"error":"cut"},
          {"deployment":"b","status":200,"error":""}]}\
        """;
    assertThat(rerated("simulated", USAGE, OLD, overtaken)).isEqualTo(new Rerated.Kept());
    assertThat(rerated("simulated", USAGE, OLD, brokenAfterContent)).isEqualTo(new Rerated.Kept());
  }

  @Test
  void failedAttemptsBefore_costNothing_soTheyAreNoObstacle() {
    for (String trail :
        List.of(
            "",
            "{",
            "{\"attempts\":7}",
            "{\"attempts\":{\"a\":1}}",
            "{\"attempts\":[{\"status\":503,\"error\":\"status_503\"},{\"status\":200}]}")) {
      assertThat(rerated("simulated", USAGE, OLD, trail)).isInstanceOf(Rerated.Again.class);
    }
  }

  @Test
  void sameAmount_isNoDifferenceWhateverTheBookIsCalled() {
    Exchange exchange = exchange("simulated", "simulated", USAGE, OLD, USUAL);
    assertThat(new Rerated.Again(new Charge(5, false, "new")).differs(exchange)).isFalse();
    assertThat(new Rerated.Again(new Charge(6, false, "new")).differs(exchange)).isTrue();
    assertThat(new Rerated.Again(new Charge(5, true, "")).differs(exchange)).isTrue();
  }

  private Charge again(String provider, String model, Charge old) {
    Exchange exchange = exchange(provider, model, USAGE, old, USUAL);
    return ((Rerated.Again) Rerating.of(exchange, prices)).charge();
  }

  private Rerated rerated(String model, Usage usage, Charge old, String trail) {
    return Rerating.of(exchange("simulated", model, usage, old, trail), prices);
  }

  private Exchange exchange(
      String provider, String model, Usage usage, Charge charge, String trail) {
    Exchange made = new Exchanges(clock, new Random(7)).next();
    return Recharged.with(made, provider, model, usage, charge, trail);
  }
}
