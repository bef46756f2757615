package dev.probity.gateway.catalog;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.kernel.Clock;
import dev.probity.pricing.Price;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.PriceRow;
import dev.probity.pricing.Provider;
import dev.probity.pricing.Rates;
import dev.probity.pricing.ServiceTier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The configuration of this moment, as pages, scripts and clients see it. */
public final class ConfiguredModels implements ModelCatalog {
  private final Supplier<Snapshot> snapshot;
  private final Clock clock;

  public ConfiguredModels(Supplier<Snapshot> snapshot, Clock clock) {
    this.snapshot = snapshot;
    this.clock = clock;
  }

  @Override
  public List<ModelEntry> models() {
    Snapshot now = snapshot.get();
    return now.router().models().stream()
        .map(model ->
            new ModelEntry(
                model.name(),
                model.routes().stream().flatMap(route -> route(now, model, route)).toList()))
        .toList();
  }

  private Stream<ModelRoute> route(Snapshot now, ModelSettings model, RouteSettings route) {
    Deployment deployment = now.router().deployments().get(route.deployment());
    if (deployment == null) {
      return Stream.empty();
    }
    List<PriceLine> prices =
        names(now.prices(), deployment.provider(), model.name(), route.model())
            .flatMap(
                name -> now.prices().price(deployment.provider(), name, clock.millis()).stream())
            .distinct()
            .flatMap(price -> lines(now.prices(), price).stream())
            .distinct()
            .toList();
    return Stream.of(
        new ModelRoute(
            route.deployment(),
            deployment.provider().text(),
            route.model(),
            route.weight(),
            route.priority(),
            deployment.credential().isPresent(),
            prices));
  }

  /**
   * The models that a client can name one by one: globs stand for the models of the price book that
   * they match.
   */
  public List<Named> named() {
    Snapshot now = snapshot.get();
    List<Named> all = new ArrayList<>();
    for (ModelSettings model : now.router().models()) {
      for (RouteSettings route : model.routes()) {
        Deployment deployment = now.router().deployments().get(route.deployment());
        if (deployment != null && deployment.credential().isPresent()) {
          asked(now.prices(), deployment.provider(), model.name())
              .map(name -> new Named(name, deployment.provider().text()))
              .filter(named -> all.stream().noneMatch(each -> each.name().equals(named.name())))
              .forEach(all::add);
        }
      }
    }
    return List.copyOf(all);
  }

  /** A model by the name that a client asks for. */
  public record Named(String name, String provider) {}

  private static Stream<String> asked(PriceBook prices, Provider provider, String name) {
    return name.indexOf('*') < 0 ? Stream.of(name) : known(prices, provider, name);
  }

  private static Stream<String> names(
      PriceBook prices, Provider provider, String name, String sent) {
    return sent.equals("*") ? asked(prices, provider, name) : Stream.of(sent);
  }

  /** Azure's models are OpenAI's. */
  private static Stream<String> known(PriceBook prices, Provider provider, String glob) {
    Provider rows = provider == Provider.AZURE_OPENAI ? Provider.OPENAI : provider;
    return Stream.concat(
            prices.overrides().stream()
                .filter(each -> each.provider() == provider)
                .map(each -> each.model()),
            prices.rows().stream()
                .filter(each -> each.provider() == rows)
                .flatMap(each -> Stream.concat(Stream.of(each.model()), each.aliases().stream())))
        .filter(name -> name.indexOf('*') < 0 && Router.matches(glob, name))
        .distinct()
        .sorted();
  }

  @Override
  public Optional<PriceLine> priceOf(Exchange exchange) {
    PriceBook prices = snapshot.get().prices();
    return Provider.parse(exchange.provider())
        .flatMap(provider ->
            prices.price(provider, exchange.resolvedModel(), exchange.startedAtMillis()))
        .flatMap(price -> lineOf(prices, price, exchange));
  }

  private static Optional<PriceLine> lineOf(PriceBook prices, Price price, Exchange exchange) {
    for (ServiceTier tier : ServiceTier.values()) {
      if (price.version(tier).equals(exchange.charge().priceVersion())) {
        String name = tier.name().toLowerCase(Locale.ROOT);
        return lines(prices, price).stream()
            .filter(line -> line.tier().equals(name))
            .filter(line -> exchange.usage().input() > line.aboveInputTokens().orElse(-1))
            .reduce((shorter, longer) -> longer);
      }
    }
    return Optional.empty();
  }

  private static List<PriceLine> lines(PriceBook prices, Price price) {
    PriceRow row = price.row();
    List<PriceLine> lines = new ArrayList<>();
    lines.add(line(prices, price, ServiceTier.STANDARD, OptionalLong.empty(), row.standard()));
    for (PriceRow.LongContext longer : row.longContext()) {
      lines.add(
          line(
              prices,
              price,
              ServiceTier.STANDARD,
              OptionalLong.of(longer.aboveTokens()),
              longer.rates()));
    }
    for (ServiceTier tier : ServiceTier.values()) {
      PriceRow.TierPrice said = row.tiers().get(tier);
      if (said != null) {
        Rates rates =
            switch (said) {
              case PriceRow.TierPrice.Factor factor -> row.standard().times(factor.factor());
              case PriceRow.TierPrice.Explicit explicit -> explicit.rates();
            };
        lines.add(line(prices, price, tier, OptionalLong.empty(), rates));
      }
    }
    return lines;
  }

  private static PriceLine line(
      PriceBook prices, Price price, ServiceTier tier, OptionalLong above, Rates rates) {
    PriceRow row = price.row();
    Rates charged = rates.times(price.factor());
    String source = prices.describeSource(row.source());
    int url = source.indexOf("http");
    return new PriceLine(
        row.model(),
        tier.name().toLowerCase(Locale.ROOT),
        above,
        charged.input(),
        charged.cacheRead(),
        charged.cacheWrite5m(),
        charged.cacheWrite1h(),
        charged.output(),
        row.from().toString(),
        source,
        url < 0 ? Optional.empty() : Optional.of(source.substring(url).split("\\s", 2)[0]),
        row.retrieved().toString());
  }
}
