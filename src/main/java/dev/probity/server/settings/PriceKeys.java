package dev.probity.server.settings;

import dev.probity.pricing.PriceOverride;
import dev.probity.pricing.PriceRow;
import dev.probity.pricing.PriceRow.LongContext;
import dev.probity.pricing.PriceRow.TierPrice;
import dev.probity.pricing.Provider;
import dev.probity.pricing.Rates;
import dev.probity.pricing.ServiceTier;
import dev.probity.server.settings.Schema.Values;
import dev.probity.server.settings.Type.At;
import dev.probity.server.settings.Type.Either;
import dev.probity.server.settings.Type.Many;
import dev.probity.server.settings.Type.Scalar;
import dev.probity.server.settings.Type.Section;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of one entry of {@code prices}; the fields of the price book, and a factor. */
final class PriceKeys {
  private static final Key<Long> INPUT = Key.required("input", rate(), "Prompt tokens.");
  private static final Key<Long> OUTPUT =
      Key.required("output", rate(), "Answer tokens, reasoning too.");
  private static final Key<Long> CACHE_READ =
      Key.optional("cache_read", rate(), "Prompt tokens from the cache; without it as input.");
  private static final Key<Long> CACHE_WRITE_5M =
      Key.optional("cache_write_5m", rate(), "Prompt tokens into the cache; without it as input.");
  private static final Key<Long> CACHE_WRITE_1H =
      Key.optional("cache_write_1h", rate(), "The same for an hour; without it as cache_write_5m.");
  private static final List<Key<?>> RATES =
      List.of(INPUT, OUTPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H);

  private static final Key<Integer> ABOVE =
      Key.required(
          "above",
          Types.integer("tokens", 1, Integer.MAX_VALUE),
          "A request whose whole prompt is longer pays these prices for all of it.");
  private static final Schema<LongContext> LONG_CONTEXT =
      new Schema<>(
          List.of(ABOVE, INPUT, OUTPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H),
          values -> new LongContext(values.get(ABOVE), rates(values)));

  private static final Key<Provider> PROVIDER =
      Key.required(
          "provider", Types.choice(List.of(Provider.values()), Provider::text), "Whose model.");
  private static final Key<String> MODEL =
      Key.required(
          "model", Types.text("a model's name, or a beginning and *"), "Which model, or models.");
  private static final Key<LocalDate> FROM =
      Key.of("from", Types.day(), "1970-01-01", "The first day it holds, in UTC.");
  private static final Key<BigDecimal> FACTOR =
      Key.of(
          "factor",
          Types.factor(),
          "1",
          "Every price times this, such as 0.85 for a discount of 15 %. Alone it discounts the"
              + " book's prices.");
  private static final Key<Long> OWN_INPUT = Key.optional("input", rate(), INPUT.meaning());
  private static final Key<Long> OWN_OUTPUT = Key.optional("output", rate(), OUTPUT.meaning());
  private static final Key<List<LongContext>> TIERS =
      Key.optional("tiers", new Many<>(new Section<>(LONG_CONTEXT)), "Prices of long prompts.");
  private static final Key<TierPrice> BATCH = tier("batch", "batches");
  private static final Key<TierPrice> FLEX = tier("flex", "the flex tier");
  private static final Key<TierPrice> FAST = tier("priority", "the priority tier, or fast mode");

  static final Schema<Entry> SCHEMA =
      new Schema<>(
          List.of(
              PROVIDER,
              MODEL,
              FROM,
              FACTOR,
              OWN_INPUT,
              OWN_OUTPUT,
              CACHE_READ,
              CACHE_WRITE_5M,
              CACHE_WRITE_1H,
              TIERS,
              BATCH,
              FLEX,
              FAST),
          Entry::new);

  private PriceKeys() {}

  /** One entry, each value right by itself. */
  record Entry(Values values) {
    private PriceOverride override() {
      Provider provider = values.get(PROVIDER);
      String model = values.get(MODEL);
      LocalDate from = values.get(FROM);
      boolean onlyFactor =
          values.given().keySet().stream()
              .allMatch(List.of("provider", "model", "from", "factor")::contains);
      if (onlyFactor && !values.given().containsKey(FACTOR.name())) {
        throw new IllegalArgumentException("neither prices nor a factor (expected: one of them)");
      }
      Optional<PriceRow> row =
          onlyFactor ? Optional.empty() : Optional.of(row(provider, model, from));
      return new PriceOverride(provider, model, from, row, values.get(FACTOR));
    }

    private PriceRow row(Provider provider, String model, LocalDate from) {
      if (values.optional(OWN_INPUT).isEmpty() || values.optional(OWN_OUTPUT).isEmpty()) {
        throw new IllegalArgumentException("a price needs both input and output");
      }
      Map<ServiceTier, TierPrice> tiers = new EnumMap<>(ServiceTier.class);
      values.optional(BATCH).ifPresent(price -> tiers.put(ServiceTier.BATCH, price));
      values.optional(FLEX).ifPresent(price -> tiers.put(ServiceTier.FLEX, price));
      values.optional(FAST).ifPresent(price -> tiers.put(ServiceTier.PRIORITY, price));
      return new PriceRow(
          provider,
          model,
          List.of(),
          from,
          rates(values),
          values.optional(TIERS).orElse(List.of()),
          tiers,
          OptionalLong.empty(),
          "settings",
          from,
          Optional.empty());
    }
  }

  static List<PriceOverride> overrides(List<At<Entry>> entries, Problems problems) {
    List<PriceOverride> overrides = new ArrayList<>();
    for (At<Entry> entry : entries) {
      try {
        overrides.add(entry.value().override());
      } catch (IllegalArgumentException e) {
        problems.add(entry.place(), "price: " + e.getMessage());
      }
    }
    return overrides;
  }

  private static Rates rates(Values values) {
    long input = values.get(INPUT);
    long write5m = values.optional(CACHE_WRITE_5M).orElse(input);
    return new Rates(
        input,
        values.get(OUTPUT),
        values.optional(CACHE_READ).orElse(input),
        write5m,
        values.optional(CACHE_WRITE_1H).orElse(write5m));
  }

  private static Key<TierPrice> tier(String name, String what) {
    Scalar<BigDecimal> factor = Types.factor();
    return Key.optional(
        name,
        new Either<>(
            new Scalar<>(
                factor.description(), text -> new TierPrice.Factor(factor.parse().apply(text))),
            new Section<>(new Schema<>(RATES, v -> new TierPrice.Explicit(rates(v))))),
        "What " + what + " cost: a factor on every price, or prices. Without it: not known.");
  }

  private static Scalar<Long> rate() {
    return new Scalar<>("USD per million tokens, 0 or more, at most six decimals", Rates::parse);
  }
}
