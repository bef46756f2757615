package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.repricing.ExchangeRepricing;
import dev.probity.gateway.repricing.RepricingSum;
import dev.probity.gateway.repricing.Rerated;
import dev.probity.gateway.repricing.Rerating;
import dev.probity.kernel.OrganizationId;
import dev.probity.pricing.Charge;
import dev.probity.pricing.PriceBook;
import dev.probity.storage.Sql;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Charges the rows of a day again, some thousands at a time: each step is a transaction of its own
 * with rows and sums in it, and between two of them the journal and the pages get their turn. A
 * crash leaves whole steps.
 */
public final class SqlExchangeRepricing implements ExchangeRepricing {
  private static final int ROWS_IN_A_STEP = 2_000;

  private static final String STEP =
      "SELECT "
          + ExchangeTable.COLUMNS
          + " FROM exchanges WHERE id > ? AND organization = ? ORDER BY id LIMIT ?";

  private static final String CHARGE =
      "UPDATE exchanges SET charge_nano_usd = ?, unpriced = ?, price_version = ? WHERE id = ?";

  private final EventDays days;
  private final Supplier<PriceBook> prices;
  private final int rowsInAStep;

  /**
   * @param prices those in force when it is asked
   */
  public SqlExchangeRepricing(EventDays days, Supplier<PriceBook> prices) {
    this(days, prices, ROWS_IN_A_STEP);
  }

  SqlExchangeRepricing(EventDays days, Supplier<PriceBook> prices, int rowsInAStep) {
    this.days = days;
    this.prices = prices;
    this.rowsInAStep = rowsInAStep;
  }

  @Override
  public List<LogDay> days() {
    NavigableSet<LocalDate> withRows = days.daysWithRows();
    return days.days().stream().map(day -> new LogDay(day, withRows.contains(day))).toList();
  }

  @Override
  public DayRepricing reprice(OrganizationId organization, LocalDate day, boolean apply) {
    PriceBook book = prices.get();
    RepricingSum sum = new RepricingSum();
    OptionalLong after = OptionalLong.of(Long.MIN_VALUE);
    while (after.isPresent()) {
      long above = after.getAsLong();
      Function<Sql, OptionalLong> step = sql -> step(sql, organization, above, book, sum, apply);
      // A day that expires meanwhile has no more rows.
      after =
          days.withFileIfAny(day, file -> apply ? file.write(step) : file.read(step))
              .orElse(OptionalLong.empty());
    }
    return new DayRepricing(day, sum.kept(), sum.models());
  }

  /** Where the next step begins; empty if this was the last. */
  private OptionalLong step(
      Sql sql,
      OrganizationId organization,
      long above,
      PriceBook book,
      RepricingSum sum,
      boolean apply) {
    List<Exchange> rows =
        sql.list(STEP, ExchangeTable::read, above, organization.value(), rowsInAStep);
    HourSums differences = new HourSums();
    for (Exchange exchange : rows) {
      Rerated rerated = Rerating.of(exchange, book);
      sum.add(exchange, rerated);
      if (apply && rerated instanceof Rerated.Again again && again.differs(exchange)) {
        write(sql, exchange, again.charge());
        differences.change(exchange, again.charge());
      }
    }
    differences.hours().forEach(hour -> ExchangeHours.correct(sql, hour));
    return rows.size() < rowsInAStep
        ? OptionalLong.empty()
        : OptionalLong.of(rows.getLast().id().value());
  }

  private static void write(Sql sql, Exchange exchange, Charge charge) {
    sql.update(
        CHARGE, charge.nanoUsd(), charge.unpriced(), charge.priceVersion(), exchange.id().value());
  }
}
