package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up a batch's exchanges by hour, so that a batch costs a handful of upserts. */
final class HourSums {
  /** A provider that counts nonsense must not make the sums overflow, and so stop the journal. */
  private static final long MOST_TOKENS = 1L << 40;

  private static final long MOST_NANO_USD = 1L << 53;

  private record Group(
      long hourMillis,
      OrganizationId organization,
      KeyId key,
      String provider,
      String deployment,
      String model) {}

  private static final class Sums {
    private long exchanges;
    private long errors;
    private long unpriced;
    private long uncachedInput;
    private long cacheRead;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long outputText;
    private long outputReasoning;
    private long toolPrompt;
    private long chargeNanoUsd;

    private void add(Exchange exchange) {
      exchanges++;
      errors += isError(exchange) ? 1 : 0;
      unpriced += exchange.charge().unpriced() ? 1 : 0;
      Usage usage = exchange.usage();
      uncachedInput += Math.min(usage.uncachedInput(), MOST_TOKENS);
      cacheRead += Math.min(usage.cacheRead(), MOST_TOKENS);
      cacheWrite5m += Math.min(usage.cacheWrite5m(), MOST_TOKENS);
      cacheWrite1h += Math.min(usage.cacheWrite1h(), MOST_TOKENS);
      outputText += Math.min(usage.outputText(), MOST_TOKENS);
      outputReasoning += Math.min(usage.outputReasoning(), MOST_TOKENS);
      toolPrompt += Math.min(usage.toolPrompt(), MOST_TOKENS);
      chargeNanoUsd += Math.min(exchange.charge().nanoUsd(), MOST_NANO_USD);
    }

    /** Only what a new charge changes. */
    private void change(Charge before, Charge after) {
      unpriced += (after.unpriced() ? 1 : 0) - (before.unpriced() ? 1 : 0);
      chargeNanoUsd +=
          Math.min(after.nanoUsd(), MOST_NANO_USD) - Math.min(before.nanoUsd(), MOST_NANO_USD);
    }

    private ExchangeHour of(Group group) {
      return new ExchangeHour(
          group.hourMillis(),
          group.organization(),
          group.key(),
          group.provider(),
          group.deployment(),
          group.model(),
          new ExchangeHour.Counts(exchanges, errors, unpriced),
          new Usage(
              uncachedInput,
              cacheRead,
              cacheWrite5m,
              cacheWrite1h,
              outputText,
              outputReasoning,
              toolPrompt),
          chargeNanoUsd);
    }
  }

  private final Map<Group, Sums> groups = new HashMap<>();

  void add(Exchange exchange) {
    sums(exchange).add(exchange);
  }

  /** Counts the difference that another charge makes, and nothing else. */
  void change(Exchange exchange, Charge charge) {
    sums(exchange).change(exchange.charge(), charge);
  }

  private Sums sums(Exchange exchange) {
    long startedAt = exchange.startedAtMillis();
    Group group =
        new Group(
            startedAt - startedAt % ExchangeHours.HOUR_MILLIS,
            exchange.organization(),
            exchange.key(),
            exchange.provider(),
            exchange.deployment(),
            exchange.resolvedModel());
    return groups.computeIfAbsent(group, _ -> new Sums());
  }

  List<ExchangeHour> hours() {
    List<ExchangeHour> hours = new ArrayList<>(groups.size());
    groups.forEach((group, sums) -> hours.add(sums.of(group)));
    return hours;
  }

  private static boolean isError(Exchange exchange) {
    return exchange.status() >= 400 || exchange.outcome() == Outcome.BROKEN;
  }
}
