package dev.probity.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PriceBookTest {
  private static final long NOW = at("2026-11-20T12:00:00Z");
  private static final Usage MILLION = new Usage(1_000_000, 0, 0, 0, 0, 0, 0);

  private final PriceBook book = PriceBook.shipped(List.of());

  @Test
  void everyRow_hasSourceAndDate() {
    assertThat(book.rows()).hasSizeGreaterThan(90);
    assertThat(book.rows())
        .allSatisfy(row -> {
          assertThat(book.describeSource(row.source())).isNotEqualTo(row.source());
          assertThat(row.retrieved()).isAfter(LocalDate.of(2026, 10, 1));
          assertThat(row.retrieved()).isBeforeOrEqualTo(LocalDate.parse(book.version()));
          assertThat(row.from()).isBeforeOrEqualTo(row.retrieved());
          assertThat(row.model()).isNotBlank();
        });
  }

  @Test
  void everyRow_standsOncePerNameAndDay() {
    HashSet<String> seen = new HashSet<>();
    for (PriceRow row : book.rows()) {
      assertThat(seen.add(row.provider() + row.model() + row.from())).as(row.toString()).isTrue();
      for (String alias : row.aliases()) {
        assertThat(seen.add(row.provider() + alias + row.from())).as(alias).isTrue();
      }
    }
  }

  @Test
  void claudeRows_chargeTwiceTheInputForAnHourOfCache() {
    assertThat(book.rows())
        .filteredOn(row -> row.provider() == Provider.ANTHROPIC)
        .allSatisfy(row -> {
          assertThat(row.standard().cacheWrite1h()).isEqualTo(2 * row.standard().input());
          row.longContext()
              .forEach(tier ->
                  assertThat(tier.rates().cacheWrite1h()).isEqualTo(2 * tier.rates().input()));
        });
  }

  @Test
  void unknownModel_isUnpriced() {
    assertThat(book.price(Provider.OPENAI, "gpt-6.1-sol", NOW)).isEmpty();
    assertThat(book.price(Provider.OPENAI, "gpt-5-giant", NOW)).isEmpty();
    assertThat(book.price(Provider.OPENAI, "", NOW)).isEmpty();
    assertThat(book.price(Provider.ANTHROPIC, "gpt-5", NOW)).isEmpty();
    assertThat(book.price(Provider.OPENAI_COMPATIBLE, "gpt-5", NOW)).isEmpty();
    assertThat(book.price(Provider.GEMINI, "models/", NOW)).isEmpty();
  }

  @Test
  void documentedSpellings_findTheirModel() {
    assertThat(version(Provider.ANTHROPIC, "claude-haiku-4-5-20251001"))
        .isEqualTo("2026-11-20/anthropic/claude-haiku-4-5@2025-10-01");
    assertThat(version(Provider.OPENAI, "gpt-5-2025-08-07"))
        .isEqualTo("2026-11-20/openai/gpt-5@2025-08-07");
    assertThat(version(Provider.OPENAI, "gpt-4o-2024-05-13"))
        .as("a dated name with prices of its own")
        .isEqualTo("2026-11-20/openai/gpt-4o-2024-05-13@2024-05-13");
    assertThat(version(Provider.GEMINI, "models/gemini-2.5-flash-001"))
        .isEqualTo("2026-11-20/gemini/gemini-2.5-flash@2025-06-17");
    assertThat(version(Provider.ANTHROPIC, "claude-3-5-haiku-latest"))
        .isEqualTo("2026-11-20/anthropic/claude-3-5-haiku@2024-10-22");
    assertThat(version(Provider.SIMULATED, "simulated-slow"))
        .isEqualTo("2026-11-20/simulated/simulated-*@2026-01-01");
  }

  @Test
  void azure_paysOpenAisPricesAndSaysSo() {
    assertThat(version(Provider.AZURE_OPENAI, "gpt-5"))
        .isEqualTo("2026-11-20/openai/gpt-5@2025-08-07 for azure-openai");
  }

  @Test
  void prices_changeOnTheirDay() {
    long day = at("2026-08-21T00:00:00Z");
    assertThat(charge(book, "gpt-5.6-sol", day - 1)).isEqualTo(5_000_000_000L);
    assertThat(charge(book, "gpt-5.6-sol", day)).isEqualTo(4_000_000_000L);
    assertThat(charge(book, "gpt-5.6-sol", day - 1)).as("and back").isEqualTo(5_000_000_000L);
    assertThat(book.price(Provider.OPENAI, "gpt-5.6-sol", at("2026-07-08T23:59:59Z")))
        .as("before it was sold")
        .isEmpty();
  }

  @Test
  void operatorPrices_winOverTheBook() {
    PriceBook own =
        PriceBook.shipped(
            List.of(
                prices(Provider.OPENAI, "gpt-5", "2026-06-01", "7", "1"),
                prices(Provider.OPENAI, "*", "2026-06-01", "9", "1"),
                prices(Provider.OPENAI_COMPATIBLE, "*", "1970-01-01", "0", "1")));
    assertThat(charge(own, "gpt-5", NOW)).isEqualTo(7_000_000_000L);
    assertThat(charge(own, "gpt-5-2025-08-07", NOW)).isEqualTo(7_000_000_000L);
    assertThat(charge(own, "gpt-5-codex", NOW)).as("an alias").isEqualTo(7_000_000_000L);
    assertThat(charge(own, "gpt-4.1", NOW)).isEqualTo(9_000_000_000L);
    assertThat(charge(own, "gpt-5", at("2026-05-31T23:59:59Z"))).isEqualTo(1_250_000_000L);
    assertThat(own.price(Provider.OPENAI, "gpt-5", NOW).orElseThrow().version())
        .isEqualTo("settings/openai/gpt-5@2026-06-01");
    assertThat(own.price(Provider.OPENAI_COMPATIBLE, "llama", NOW).orElseThrow())
        .extracting(price -> price.charge(MILLION, ServiceTier.STANDARD).unpriced())
        .isEqualTo(false);
  }

  @Test
  void operatorFactor_discountsTheBook() {
    PriceBook own =
        PriceBook.shipped(
            List.of(
                factor("*", "2026-06-01", "0.9"),
                factor("gpt-5", "2026-06-01", "0.5"),
                prices(Provider.OPENAI, "gpt-4.1", "2026-06-01", "10", "0.85")));
    assertThat(charge(own, "o3", NOW)).isEqualTo(1_800_000_000L);
    assertThat(charge(own, "gpt-5", NOW)).isEqualTo(625_000_000L);
    assertThat(charge(own, "gpt-4.1", NOW)).isEqualTo(8_500_000_000L);
    assertThat(own.price(Provider.OPENAI, "o3", NOW).orElseThrow().version())
        .isEqualTo("2026-11-20/openai/o3@2025-06-10 x0.9");
    assertThat(charge(own, "o3", at("2026-05-31T00:00:00Z"))).isEqualTo(2_000_000_000L);
  }

  @Test
  void lookups_rememberNoUnknownNamesAndAnswerTheSameObject() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(book.price(Provider.OPENAI, "made-up-" + i, NOW)).isEmpty();
    }
    assertThat(book.price(Provider.OPENAI, "gpt-5", NOW))
        .isSameAs(book.price(Provider.OPENAI, "gpt-5", NOW + 1));
  }

  private String version(Provider provider, String model) {
    return book.price(provider, model, NOW).orElseThrow().version();
  }

  private static long charge(PriceBook book, String model, long at) {
    return book.price(Provider.OPENAI, model, at)
            .orElseThrow()
            .charge(new Usage(250_000, 0, 0, 0, 0, 0, 0), ServiceTier.STANDARD)
            .nanoUsd()
        * 4;
  }

  private static PriceOverride factor(String model, String from, String factor) {
    return new PriceOverride(
        Provider.OPENAI, model, LocalDate.parse(from), Optional.empty(), new BigDecimal(factor));
  }

  private static PriceOverride prices(
      Provider provider, String model, String from, String input, String factor) {
    long rate = Rates.parse(input);
    LocalDate day = LocalDate.parse(from);
    PriceRow row =
        new PriceRow(
            provider,
            model,
            List.of(),
            day,
            new Rates(rate, rate, rate, rate, rate),
            List.of(),
            Map.of(),
            OptionalLong.empty(),
            "settings",
            day,
            Optional.empty());
    return new PriceOverride(provider, model, day, Optional.of(row), new BigDecimal(factor));
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
