package dev.probity.gateway.repricing;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.repricing.ExchangeRepricing.ModelRepricing;
import dev.probity.pricing.Charge;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up, model by model, what charging again came to. */
public final class RepricingSum {
  /** A provider that counted nonsense must not make the sums overflow. */
  private static final long MOST_NANO_USD = 1L << 53;

  private record Name(String provider, String model) {}

  private final Map<Name, ModelRepricing> models = new HashMap<>();
  private long kept;

  /** One exchange. */
  public void add(Exchange exchange, Rerated rerated) {
    switch (rerated) {
      case Rerated.Free() -> {}
      case Rerated.Kept() -> kept++;
      case Rerated.Again again -> {
        Charge before = exchange.charge();
        add(
            new ModelRepricing(
                exchange.provider(),
                exchange.resolvedModel(),
                1,
                again.differs(exchange) ? 1 : 0,
                Math.min(before.nanoUsd(), MOST_NANO_USD),
                Math.min(again.charge().nanoUsd(), MOST_NANO_USD),
                before.unpriced() ? 1 : 0,
                again.charge().unpriced() ? 1 : 0));
      }
    }
  }

  /** What was summed up elsewhere. */
  public void add(ModelRepricing more) {
    models.merge(new Name(more.provider(), more.model()), more, RepricingSum::plus);
  }

  private static ModelRepricing plus(ModelRepricing a, ModelRepricing b) {
    return new ModelRepricing(
        a.provider(),
        a.model(),
        a.calls() + b.calls(),
        a.different() + b.different(),
        a.beforeNanoUsd() + b.beforeNanoUsd(),
        a.afterNanoUsd() + b.afterNanoUsd(),
        a.unpricedBefore() + b.unpricedBefore(),
        a.unpricedAfter() + b.unpricedAfter());
  }

  /** How many exchanges keep their charge. */
  public long kept() {
    return kept;
  }

  /** By name. */
  public List<ModelRepricing> models() {
    return models.values().stream()
        .sorted(Comparator.comparing(ModelRepricing::provider).thenComparing(ModelRepricing::model))
        .toList();
  }
}
