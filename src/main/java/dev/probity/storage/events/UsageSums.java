package dev.probity.storage.events;

import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the days' roll-ups by group. */
final class UsageSums {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

  private final GroupBy groupBy;
  private final Map<String, UsageRow> rows = new HashMap<>();

  UsageSums(GroupBy groupBy) {
    this.groupBy = groupBy;
  }

  /** Adds a day's hours that begin within the range. */
  boolean add(Sql sql, LocalDate day, OrganizationId organization, long fromMillis, long toMillis) {
    String query =
        "SELECT "
            + groupColumn()
            + " AS grouped, sum(exchanges), sum(errors), sum(unpriced), sum(uncached_input),"
            + " sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output_text),"
            + " sum(output_reasoning), sum(tool_prompt), sum(charge_nano_usd) FROM exchange_hours"
            + " WHERE organization = ? AND hour >= ? AND hour < ? GROUP BY grouped";
    List<UsageRow> sums =
        sql.list(
            query,
            row ->
                new UsageRow(
                    group(row.getString(1), day),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    ExchangeTable.usage(row, 5),
                    row.getLong(12)),
            organization.value(),
            fromMillis,
            toMillis);
    sums.forEach(row -> rows.merge(row.group(), row, UsageSums::plus));
    return true;
  }

  /** Largest charge first; by day or hour: oldest first. */
  List<UsageRow> rows() {
    Comparator<UsageRow> order =
        groupBy == GroupBy.DAY || groupBy == GroupBy.HOUR
            ? Comparator.comparing(UsageRow::group)
            : Comparator.comparingLong(UsageRow::chargeNanoUsd)
                .thenComparingLong(UsageRow::exchanges)
                .reversed()
                .thenComparing(UsageRow::group);
    return rows.values().stream().sorted(order).toList();
  }

  private String groupColumn() {
    return switch (groupBy) {
      case MODEL -> "resolved_model";
      case KEY -> "key_id";
      case PROVIDER -> "provider";
      case HOUR -> "hour";
      case DAY -> "0";
    };
  }

  private String group(String value, LocalDate day) {
    return switch (groupBy) {
      case MODEL, KEY, PROVIDER -> value;
      case HOUR -> HOUR.format(Instant.ofEpochMilli(Long.parseLong(value)));
      case DAY -> day.toString();
    };
  }

  private static UsageRow plus(UsageRow one, UsageRow other) {
    return new UsageRow(
        one.group(),
        one.exchanges() + other.exchanges(),
        one.errors() + other.errors(),
        one.unpriced() + other.unpriced(),
        one.usage().plus(other.usage()),
        one.chargeNanoUsd() + other.chargeNanoUsd());
  }
}
