package dev.probity.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.pricing.PublishedPrices.Part;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceComparisonTest {
  private static final long NOW = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();
  private static final PriceBook BOOK = PriceBook.shipped(List.of());

  private static PriceComparison compare(String table) {
    return PriceComparison.of(BOOK, PublishedPrices.read(table), NOW);
  }

  @Test
  void modelsDev_isHeldAgainstTheBook() {
    PriceComparison found =
        compare(
            """
            {"anthropic": {"models": {
               "claude-haiku-4-5": {"cost": {"input": 1, "output": 5, "cache_read": 0.1, "cache_write": 1.25}},
               "claude-sonnet-4-5": {"cost": {"input": 3, "output": 16.5}},
               "claude-new": {"cost": {"input": 1, "output": 2}}}},
             "acme": {"models": {"m": {"cost": {"input": 1}}}}}
            """);
    assertThat(found.agreeing()).isEqualTo(1);
    assertThat(found.unknown())
        .extracting(PublishedPrices.Row::model)
        .isEqualTo(List.of("claude-new"));
    assertThat(found.differences())
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.model()).isEqualTo("claude-sonnet-4-5");
          assertThat(difference.part()).isEqualTo(Part.OUTPUT);
          assertThat(Rates.text(difference.booked())).isEqualTo("15");
          assertThat(Rates.text(difference.published())).isEqualTo("16.5");
          assertThat(difference.version()).contains("anthropic/claude-sonnet-4-5@");
        });
  }

  @Test
  void litellm_isHeldAgainstTheBook() {
    PriceComparison found =
        compare(
            """
            {"sample_spec": {"litellm_provider": "one of the list"},
             "claude-haiku-4-5": {"litellm_provider": "anthropic", "input_cost_per_token": 1e-06,
               "output_cost_per_token": 5e-06, "cache_read_input_token_cost": 1e-07,
               "cache_creation_input_token_cost": 1.25e-06,
               "cache_creation_input_token_cost_above_1hr": 2e-06},
             "bedrock/x": {"litellm_provider": "bedrock", "input_cost_per_token": 1e-06}}
            """);
    assertThat(found.agreeing()).isEqualTo(1);
    assertThat(found.differences()).isEmpty();
  }

  @Test
  void anotherFile_isRefusedInWords() {
    assertThatThrownBy(() -> PublishedPrices.read("[1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> PublishedPrices.read("{\"a\": {\"b\": 1}}"))
        .hasMessageContaining("expected: models.dev");
  }
}
