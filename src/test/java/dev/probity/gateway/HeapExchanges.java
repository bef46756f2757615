package dev.probity.gateway;

import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The request log on the heap, for tests of what is above the stores. */
public final class HeapExchanges implements ExchangeQuery {
  private final ConcurrentSkipListMap<ExchangeId, Exchange> exchanges =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  public void add(Exchange exchange) {
    exchanges.put(exchange.id(), exchange);
  }

  @Override
  public Page<Exchange> list(
      OrganizationId organization, Filter filter, int limit, Optional<String> cursor) {
    ExchangeId before =
        cursor
            .map(text -> ExchangeId.parse(text).orElseThrow(InvalidCursorException::new))
            .orElse(new ExchangeId(Long.MAX_VALUE));
    List<Exchange> found =
        exchanges.tailMap(before, false).values().stream()
            .filter(exchange -> exchange.organization().equals(organization))
            .filter(exchange -> matches(filter, exchange))
            .limit(limit + 1L)
            .toList();
    return found.size() <= limit
        ? new Page<>(found, Optional.empty())
        : new Page<>(found.subList(0, limit), Optional.of(found.get(limit - 1).id().toString()));
  }

  @Override
  public Optional<Exchange> find(OrganizationId organization, ExchangeId id) {
    return Optional.ofNullable(exchanges.get(id))
        .filter(exchange -> exchange.organization().equals(organization));
  }

  @Override
  public List<UsageRow> usage(
      OrganizationId organization,
      GroupBy groupBy,
      OptionalLong fromMillis,
      OptionalLong toMillis) {
    Function<Exchange, String> group = group(groupBy);
    Map<String, UsageRow> rows = new TreeMap<>();
    for (Exchange exchange : exchanges.values()) {
      long at = exchange.startedAtMillis();
      if (exchange.organization().equals(organization)
          && at >= fromMillis.orElse(0)
          && at < toMillis.orElse(Long.MAX_VALUE)) {
        rows.merge(group.apply(exchange), row(group.apply(exchange), exchange), HeapExchanges::sum);
      }
    }
    List<UsageRow> sorted = new ArrayList<>(rows.values());
    if (groupBy != GroupBy.DAY && groupBy != GroupBy.HOUR) {
      sorted.sort(Comparator.comparingLong(UsageRow::chargeNanoUsd).reversed());
    }
    return sorted;
  }

  @Override
  public List<DeploymentUse> deployments(
      OrganizationId organization, long fromMillis, long toMillis) {
    Map<String, DeploymentUse> rows = new TreeMap<>();
    for (Exchange exchange : exchanges.values()) {
      long at = exchange.startedAtMillis();
      if (exchange.organization().equals(organization)
          && at >= fromMillis
          && at < toMillis
          && !exchange.deployment().isEmpty()) {
        rows.merge(
            exchange.deployment() + "\n" + exchange.provider() + "\n" + exchange.resolvedModel(),
            new DeploymentUse(
                exchange.deployment(),
                exchange.provider(),
                exchange.resolvedModel(),
                1,
                exchange.usage()),
            (a, b) ->
                new DeploymentUse(
                    a.deployment(),
                    a.provider(),
                    a.model(),
                    a.exchanges() + b.exchanges(),
                    a.usage().plus(b.usage())));
      }
    }
    return List.copyOf(rows.values());
  }

  private static Function<Exchange, String> group(GroupBy groupBy) {
    return switch (groupBy) {
      case MODEL -> Exchange::resolvedModel;
      case KEY -> exchange -> exchange.key().value();
      case PROVIDER -> Exchange::provider;
      case DAY -> exchange -> time(exchange).substring(0, 10);
      case HOUR -> exchange -> time(exchange).substring(0, 13) + ":00Z";
    };
  }

  private static String time(Exchange exchange) {
    return Instant.ofEpochMilli(exchange.startedAtMillis()).toString();
  }

  private static UsageRow row(String group, Exchange exchange) {
    boolean failed = exchange.status() >= 400 || exchange.outcome() == Outcome.BROKEN;
    return new UsageRow(
        group,
        1,
        failed ? 1 : 0,
        exchange.charge().unpriced() ? 1 : 0,
        exchange.usage(),
        exchange.charge().nanoUsd());
  }

  private static UsageRow sum(UsageRow a, UsageRow b) {
    Usage usage = a.usage().plus(b.usage());
    return new UsageRow(
        a.group(),
        a.exchanges() + b.exchanges(),
        a.errors() + b.errors(),
        a.unpriced() + b.unpriced(),
        usage,
        a.chargeNanoUsd() + b.chargeNanoUsd());
  }

  private static boolean matches(Filter filter, Exchange exchange) {
    long at = exchange.startedAtMillis();
    return filter
            .model()
            .filter(
                m -> !m.equals(exchange.requestedModel()) && !m.equals(exchange.resolvedModel()))
            .isEmpty()
        && filter.key().filter(key -> !key.equals(exchange.key().value())).isEmpty()
        && filter.outcome().filter(o -> !o.equals(exchange.outcome().text())).isEmpty()
        && filter.session().filter(s -> !exchange.sessionId().equals(Optional.of(s))).isEmpty()
        && at >= filter.fromMillis().orElse(0)
        && at < filter.toMillis().orElse(Long.MAX_VALUE);
  }
}
