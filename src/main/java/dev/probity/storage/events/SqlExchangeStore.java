package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.journal.JournalEntry;
import dev.probity.journal.JournalSink;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The request log on encrypted SQLite, one file a day. Fed by the journal, exactly once: each file
 * remembers, in the transaction of its rows, up to where the journal is in it.
 */
public final class SqlExchangeStore implements ExchangeQuery, JournalSink {
  private static final int LARGEST_PAGE = 1_000;
  private static final int ROWS_TO_SCAN = 100_000;

  private final EventDays days;
  private final Consumer<List<Exchange>> stored;
  private final int rowsToScan;

  /**
   * @param stored told what is new, after it is in the store; must not wait
   */
  public SqlExchangeStore(EventDays days, Consumer<List<Exchange>> stored) {
    this(days, stored, ROWS_TO_SCAN);
  }

  SqlExchangeStore(EventDays days, Consumer<List<Exchange>> stored, int rowsToScan) {
    this.days = days;
    this.stored = stored;
    this.rowsToScan = rowsToScan;
  }

  /** Takes in the exchanges among the entries; durable when this returns. */
  @Override
  public void apply(List<JournalEntry> entries) {
    take(PlacedExchange.among(entries));
  }

  /** Takes exchanges in, in the order of the journal; durable when this returns. */
  public void take(List<PlacedExchange> exchanges) {
    for (Map.Entry<LocalDate, List<PlacedExchange>> day : byDay(exchanges).entrySet()) {
      List<Exchange> written =
          days.withFile(day.getKey(), file -> ExchangeWriter.write(file, day.getValue()));
      if (!written.isEmpty()) {
        stored.accept(written);
      }
    }
  }

  /**
   * {@inheritDoc} A page may be short, or empty, and still have a cursor: a filter that matches
   * rarely is answered in steps.
   *
   * @param limit at most 1,000
   * @throws dev.probity.kernel.InvalidCursorException if the cursor is not one
   */
  @Override
  public Page<Exchange> list(
      OrganizationId organization, Filter filter, int limit, Optional<String> cursor) {
    int size = Math.clamp(limit, 1, LARGEST_PAGE);
    return new ExchangeScan(days, organization, filter, size, cursor, rowsToScan).page();
  }

  @Override
  public Optional<Exchange> find(OrganizationId organization, ExchangeId id) {
    return days.withFileIfAny(
            dayOf(id),
            file ->
                file.read(sql ->
                    sql.first(
                        "SELECT "
                            + ExchangeTable.COLUMNS
                            + " FROM exchanges WHERE id = ? AND organization = ?",
                        ExchangeTable::read,
                        id.value(),
                        organization.value())))
        .flatMap(found -> found);
  }

  /** {@inheritDoc} Whole hours: the one in which the range begins counts, too. */
  @Override
  public List<UsageRow> usage(
      OrganizationId organization,
      GroupBy groupBy,
      OptionalLong fromMillis,
      OptionalLong toMillis) {
    long fromHour = wholeHour(fromMillis.orElse(0));
    long to = toMillis.orElse(Long.MAX_VALUE);
    UsageSums sums = new UsageSums(groupBy);
    overDays(
        fromHour,
        to,
        (day, file) -> file.read(sql -> sums.add(sql, day, organization, fromHour, to)));
    return sums.rows();
  }

  /** {@inheritDoc} Whole hours, as {@link #usage}. */
  @Override
  public List<DeploymentUse> deployments(
      OrganizationId organization, long fromMillis, long toMillis) {
    long fromHour = wholeHour(fromMillis);
    DeploymentSums sums = new DeploymentSums();
    overDays(
        fromHour,
        toMillis,
        (day, file) -> file.read(sql -> sums.add(sql, organization, fromHour, toMillis)));
    return sums.rows();
  }

  private static long wholeHour(long millis) {
    return Math.floorDiv(millis, ExchangeHours.HOUR_MILLIS) * ExchangeHours.HOUR_MILLIS;
  }

  private void overDays(
      long fromMillis, long toMillis, BiFunction<LocalDate, DayFile, Boolean> work) {
    for (LocalDate day : days.days()) {
      long dayStart = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      if (dayStart < toMillis && dayStart + 24 * ExchangeHours.HOUR_MILLIS > fromMillis) {
        days.withFileIfAny(day, file -> work.apply(day, file));
      }
    }
  }

  private static Map<LocalDate, List<PlacedExchange>> byDay(List<PlacedExchange> exchanges) {
    Map<LocalDate, List<PlacedExchange>> days = new TreeMap<>();
    long lastDay = Long.MIN_VALUE;
    List<PlacedExchange> placed = List.of();
    for (PlacedExchange exchange : exchanges) {
      long epochDay = epochDay(exchange.exchange().startedAtMillis());
      if (epochDay != lastDay) {
        lastDay = epochDay;
        placed = days.computeIfAbsent(LocalDate.ofEpochDay(epochDay), _ -> new ArrayList<>());
      }
      placed.add(exchange);
    }
    return days;
  }

  private static LocalDate dayOf(ExchangeId id) {
    return LocalDate.ofEpochDay(epochDay(id.startedAtMillis()));
  }

  private static long epochDay(long millis) {
    return Math.floorDiv(millis, 24 * ExchangeHours.HOUR_MILLIS);
  }
}
