package dev.probity.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PriceTest {
  private static final PriceBook BOOK = PriceBook.shipped(List.of());
  private static final long NOW = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  @Test
  void claudeCodesOwnCosts_areMatchedToTheNano() {
    Usage first = new Usage(1_201, 4_000, 300, 0, 42, 0, 0);
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-5-5", first)).isEqualTo(7_944_000);
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-4-8", first)).isEqualTo(10_930_000);
    Usage second = new Usage(1_202, 4_000, 300, 0, 42, 0, 0);
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-5-5", second)).isEqualTo(7_948_000);
  }

  @Test
  void cacheWrites_arePricedByTheirLifetime() {
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-5-5", new Usage(0, 0, 1000, 0, 0, 0, 0)))
        .isEqualTo(5_000_000);
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-5-5", new Usage(0, 0, 0, 1000, 0, 0, 0)))
        .isEqualTo(8_000_000);
    assertThat(nano(Provider.OPENAI, "gpt-6-sol", new Usage(0, 0, 1000, 0, 0, 0, 0)))
        .as("OpenAI charges writes from gpt-5.6 on")
        .isEqualTo(2_500_000);
  }

  @Test
  void parts_arePricedOncePerKind() {
    // Codex: 5000 in, of them 4000 cached; 42 out, of them 10 reasoning.
    assertThat(nano(Provider.OPENAI, "gpt-5.6-sol", new Usage(1000, 4000, 0, 0, 32, 10, 0)))
        .isEqualTo(1000 * 4_000 + 4000 * 400 + 42 * 20_000);
    // Gemini: thoughts beside candidates, tool prompt beside prompt.
    assertThat(nano(Provider.GEMINI, "gemini-2.5-pro", new Usage(900, 100, 0, 0, 20, 5, 30)))
        .isEqualTo(930 * 1_250 + 100 * 125 + 25 * 10_000);
  }

  @Test
  void longPrompts_payTheLongPricesForAllOfThem() {
    assertThat(nano(Provider.OPENAI, "gpt-5.6", new Usage(272_000, 0, 0, 0, 1, 0, 0)))
        .isEqualTo(272_000L * 4_000 + 20_000);
    assertThat(nano(Provider.OPENAI, "gpt-5.6", new Usage(272_001, 0, 0, 0, 1, 0, 0)))
        .isEqualTo(272_001L * 8_000 + 30_000);
    assertThat(nano(Provider.ANTHROPIC, "claude-haiku-5-5", new Usage(1, 99_997, 1, 1, 0, 0, 0)))
        .as("exactly 100,000 with cache reads and writes")
        .isEqualTo(100 + 99_997 * 10 + 125 + 200);
    assertThat(nano(Provider.ANTHROPIC, "claude-haiku-5-5", new Usage(1, 99_998, 1, 1, 0, 0, 0)))
        .isEqualTo(500 + 99_998 * 50 + 625 + 1_000);
    assertThat(nano(Provider.GEMINI, "gemini-2.5-pro", new Usage(200_000, 0, 0, 0, 0, 0, 1)))
        .as("what tools add to the prompt counts")
        .isEqualTo(200_001L * 2_500);
  }

  @Test
  void callsTogether_areNotTakenForALongOne() {
    Price price = BOOK.price(Provider.OPENAI, "gpt-5.6", NOW).orElseThrow();
    Usage sum = new Usage(900_000, 0, 0, 0, 3, 0, 0);
    assertThat(price.chargeTogether(sum, ServiceTier.STANDARD).nanoUsd())
        .isEqualTo(900_000L * 4_000 + 3 * 20_000)
        .isLessThan(price.charge(sum, ServiceTier.STANDARD).nanoUsd());
    assertThat(price.chargeTogether(Usage.NONE, ServiceTier.STANDARD).priceVersion())
        .isEqualTo(price.version());
  }

  @Test
  void otherSpeeds_haveTheirPrices() {
    Usage usage = new Usage(1_000, 1_000, 0, 0, 1_000, 0, 0);
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-5-5", usage, ServiceTier.PRIORITY))
        .isEqualTo(8_000_000 + 400_000 + 40_000_000);
    assertThat(nano(Provider.ANTHROPIC, "claude-opus-5-5", usage, ServiceTier.BATCH))
        .isEqualTo(2_000_000 + 100_000 + 10_000_000);
    assertThat(nano(Provider.OPENAI, "gpt-5.5", usage, ServiceTier.PRIORITY))
        .isEqualTo(12_500_000 + 1_250_000 + 75_000_000);
    assertThat(nano(Provider.OPENAI, "o4-mini", usage, ServiceTier.PRIORITY))
        .as("a price of its own, no multiple")
        .isEqualTo(2_000_000 + 500_000 + 8_000_000);
    assertThat(nano(Provider.OPENAI, "gpt-5-mini", usage, ServiceTier.FLEX))
        .isEqualTo(125_000 + 12_500 + 1_000_000);
  }

  @Test
  void aSpeedWithoutKnownPrice_isUnpriced() {
    Price price = BOOK.price(Provider.ANTHROPIC, "claude-haiku-4-5", NOW).orElseThrow();
    assertThat(price.charge(new Usage(1, 0, 0, 0, 0, 0, 0), ServiceTier.PRIORITY))
        .isEqualTo(Charge.UNPRICED);
  }

  @Test
  void charge_roundsHalfUpOnceAtTheEnd() {
    // 12.5 pico-USD a token in halves of a nano: 0.0125 USD per million, batch.
    assertThat(
            nano(Provider.OPENAI, "gpt-5-nano", new Usage(0, 100, 0, 0, 0, 0, 0), ServiceTier.FLEX))
        .isEqualTo(250);
    assertThat(
            nano(Provider.OPENAI, "gpt-5-nano", new Usage(0, 1, 0, 0, 0, 0, 0), ServiceTier.FLEX))
        .as("2.5 nano-USD")
        .isEqualTo(3);
    assertThat(
            nano(Provider.OPENAI, "gpt-5-nano", new Usage(1, 1, 0, 0, 0, 0, 0), ServiceTier.FLEX))
        .as("25 + 2.5, rounded once")
        .isEqualTo(28);
  }

  @Test
  void charge_isAdditiveWithinRoundingAndNeverNegative() {
    Random random = new Random(20_261_120);
    List<Price> prices =
        BOOK.rows().stream()
            .map(row -> BOOK.price(row.provider(), row.model().replace("*", "x"), NOW))
            .flatMap(java.util.Optional::stream)
            .toList();
    for (int i = 0; i < 20_000; i++) {
      Price price = prices.get(random.nextInt(prices.size()));
      Usage a = usage(random, 6_000);
      Usage b = usage(random, 6_000);
      ServiceTier tier = ServiceTier.values()[random.nextInt(ServiceTier.values().length)];
      long apart = price.charge(a, tier).nanoUsd() + price.charge(b, tier).nanoUsd();
      long together = price.charge(a.plus(b), tier).nanoUsd();
      assertThat(Math.abs(apart - together)).as(price.version()).isLessThanOrEqualTo(1);
      assertThat(price.charge(usage(random, Long.MAX_VALUE / 8), tier).nanoUsd()).isNotNegative();
    }
  }

  @Test
  void absurdUsage_stopsAtTheLargestAmount() {
    assertThat(nano(Provider.OPENAI, "o1-pro", new Usage(0, 0, 0, 0, Long.MAX_VALUE, 0, 0)))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(nano(Provider.OPENAI, "o1-pro", new Usage(0, 0, 0, 0, 1_000_000_000_000L, 0, 0)))
        .as("beyond 63 bits of pico-USD, not of nano-USD")
        .isEqualTo(600_000_000_000_000_000L);
  }

  @Test
  void rates_readOnlyExactDecimals() {
    assertThat(Rates.parse("0.0125")).isEqualTo(12_500);
    assertThat(Rates.parse("15.625")).isEqualTo(15_625_000);
    assertThat(Rates.text(15_625_000)).isEqualTo("15.625");
    for (String bad : List.of("-1", "0.0000001", "a", "", "1e30")) {
      assertThatThrownBy(() -> Rates.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void noSourceOfPricing_usesFloatingPoint() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/probity/pricing"))) {
      assertThat(files)
          .allSatisfy(file ->
              assertThat(Files.readString(file))
                  .doesNotContainPattern("\\b(double|float|Double|Float|doubleValue)\\b"));
    }
  }

  private static Usage usage(Random random, long bound) {
    return new Usage(
        random.nextLong(bound),
        random.nextLong(bound),
        random.nextLong(bound),
        random.nextLong(bound),
        random.nextLong(bound),
        random.nextLong(bound),
        random.nextLong(bound));
  }

  private static long nano(Provider provider, String model, Usage usage) {
    return nano(provider, model, usage, ServiceTier.STANDARD);
  }

  private static long nano(Provider provider, String model, Usage usage, ServiceTier tier) {
    Charge charge = BOOK.price(provider, model, NOW).orElseThrow().charge(usage, tier);
    assertThat(charge.unpriced()).isFalse();
    return charge.nanoUsd();
  }
}
