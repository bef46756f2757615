package dev.probity.gateway.repricing;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.kernel.OrganizationId;
import dev.probity.pricing.PriceBook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Looks at exchanges on the heap, and changes none; the oldest day has sums only. */
public final class HeapRepricing implements ExchangeRepricing {
  private final ExchangeQuery exchanges;
  private final PriceBook prices = PriceBook.shipped(List.of());

  /** How many more calls each day seems to have. */
  public volatile long moreCalls;

  public HeapRepricing(ExchangeQuery exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public List<LogDay> days() {
    List<LocalDate> days = all().stream().map(HeapRepricing::day).sorted().distinct().toList();
    return days.stream().map(day -> new LogDay(day, !day.equals(days.getFirst()))).toList();
  }

  @Override
  public DayRepricing reprice(OrganizationId organization, LocalDate day, boolean apply) {
    RepricingSum sum = new RepricingSum();
    all().stream()
        .filter(exchange -> day(exchange).equals(day))
        .forEach(exchange -> sum.add(exchange, Rerating.of(exchange, prices)));
    if (moreCalls > 0) {
      sum.add(new ModelRepricing("simulated", "busy", moreCalls, 0, 0, 0, 0, 0));
    }
    return new DayRepricing(day, sum.kept(), sum.models());
  }

  private List<Exchange> all() {
    return exchanges
        .list(OrganizationId.FIRST, ExchangeQuery.Filter.ALL, 10_000, Optional.empty())
        .items();
  }

  private static LocalDate day(Exchange exchange) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(exchange.startedAtMillis()), ZoneOffset.UTC);
  }
}
