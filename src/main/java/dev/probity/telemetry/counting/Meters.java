package dev.probity.telemetry.counting;

import dev.probity.kernel.Usage;
import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Price;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.sessions.Figure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Charges for usage that metrics report. Tokens flow between parts, in several readings, so a
 * single one has no price: what a session used of a model so far has, and the difference to what
 * was charged before is charged.
 */
final class Meters {
  static final int LARGEST = 200;

  private static final int FIRST_PART = Figure.UNCACHED_INPUT.ordinal();
  private static final int PARTS = Figure.TOOL_PROMPT.ordinal() - FIRST_PART + 1;
  private static final int SMALLEST = 14;

  /** With the price's version: usage after a price has changed does not charge what was before. */
  private record Key(Provider provider, String model, ServiceTier tier, String priceVersion) {}

  private static final class Meter {
    final long[] parts = new long[PARTS];
    long calls;
    long charged;
    long unpriced;

    Usage usage() {
      long[] known = Arrays.stream(parts).map(part -> Math.max(0, part)).toArray();
      return new Usage(known[0], known[1], known[2], known[3], known[4], known[5], known[6]);
    }
  }

  /** The one that was not heard of for longest first. */
  private final Map<Key, Meter> meters = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Counts a reading of tokens or model calls.
   *
   * @param flow what is new in it
   * @param amounts the figures to add to
   */
  void count(Reading reading, long flow, Provider provider, PriceBook prices, Amounts amounts) {
    Optional<Price> price = prices.price(provider, reading.model(), reading.atMillis());
    String version = price.map(Price::version).orElse("");
    Meter meter = meter(new Key(provider, reading.model(), reading.tier(), version));
    if (reading.measure() == Measure.MODEL_CALLS) {
      amounts.add(Figure.MODEL_CALLS, flow);
      meter.calls = within(meter.calls + flow);
    } else {
      addTokens(reading.measure(), flow, meter, amounts);
    }
    Usage usage = meter.usage();
    Charge charge = price.map(p -> p.chargeTogether(usage, reading.tier())).orElse(Charge.UNPRICED);
    long charged = within(charge.nanoUsd());
    // Where nobody counts the calls, at least one was made.
    long atLeast = usage.equals(Usage.NONE) ? 0 : 1;
    long unpriced = charge.unpriced() ? Math.max(meter.calls, atLeast) : 0;
    amounts.add(Figure.CHARGE_NANO_USD, charged - meter.charged);
    amounts.add(Figure.UNPRICED, unpriced - meter.unpriced);
    meter.charged = charged;
    meter.unpriced = unpriced;
  }

  private Meter meter(Key key) {
    if (meters.size() >= LARGEST && !meters.containsKey(key)) {
      meters.remove(meters.keySet().iterator().next());
    }
    return meters.computeIfAbsent(key, k -> new Meter());
  }

  private static long within(long value) {
    return Math.clamp(value, -Totals.LARGEST, Totals.LARGEST);
  }

  private static void addTokens(Measure measure, long flow, Meter meter, Amounts amounts) {
    switch (measure) {
      case INPUT -> flow(Figure.UNCACHED_INPUT, flow, meter, amounts);
      case CACHE_READ -> flow(Figure.CACHE_READ, flow, meter, amounts);
      case CACHE_WRITE -> flow(Figure.CACHE_WRITE_5M, flow, meter, amounts);
      case CACHE_READ_WITHIN_INPUT -> {
        flow(Figure.CACHE_READ, flow, meter, amounts);
        flow(Figure.UNCACHED_INPUT, -flow, meter, amounts);
      }
      case CACHE_WRITE_WITHIN_INPUT -> {
        flow(Figure.CACHE_WRITE_5M, flow, meter, amounts);
        flow(Figure.UNCACHED_INPUT, -flow, meter, amounts);
      }
      case OUTPUT -> flow(Figure.OUTPUT_TEXT, flow, meter, amounts);
      case REASONING -> flow(Figure.OUTPUT_REASONING, flow, meter, amounts);
      case REASONING_WITHIN_OUTPUT -> {
        flow(Figure.OUTPUT_REASONING, flow, meter, amounts);
        flow(Figure.OUTPUT_TEXT, -flow, meter, amounts);
      }
      case TOOL_PROMPT -> flow(Figure.TOOL_PROMPT, flow, meter, amounts);
      default -> throw new IllegalArgumentException(measure + " does not count tokens");
    }
  }

  private static void flow(Figure figure, long tokens, Meter meter, Amounts amounts) {
    int part = figure.ordinal() - FIRST_PART;
    amounts.add(figure, tokens);
    meter.parts[part] = within(meter.parts[part] + tokens);
  }

  void clear() {
    meters.clear();
  }

  void write(ByteWriter to) {
    to.writeNumber(meters.size());
    meters.forEach((key, meter) -> {
      to.writeShared(key.provider.text());
      to.writeShared(key.model);
      to.writeShared(key.tier.name());
      to.writeShared(key.priceVersion);
      for (long part : meter.parts) {
        to.writeSigned(part);
      }
      to.writeSigned(meter.calls);
      to.writeSigned(meter.charged);
      to.writeSigned(meter.unpriced);
    });
  }

  static Meters read(ByteReader from) {
    Meters meters = new Meters();
    for (int count = from.readCount(SMALLEST); count > 0; count--) {
      Key key =
          new Key(
              Provider.parse(from.readShared())
                  .orElseThrow(() -> new ByteFormatException("an unknown provider")),
              from.readShared(),
              ServiceTier.valueOf(from.readShared()),
              from.readShared());
      Meter meter = new Meter();
      for (int i = 0; i < PARTS; i++) {
        meter.parts[i] = from.readSigned();
      }
      meter.calls = from.readSigned();
      meter.charged = from.readSigned();
      meter.unpriced = from.readSigned();
      meters.meters.put(key, meter);
    }
    return meters;
  }
}
