package dev.probity.web.overview;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.web.KeyNames;
import dev.probity.web.figures.Format;
import dev.probity.web.figures.Steps;
import dev.probity.web.figures.TimeRange;
import dev.probity.web.overview.Overview.Breakdown;
import dev.probity.web.overview.Overview.Group;
import dev.probity.web.overview.Overview.Line;
import dev.probity.web.overview.Overview.Option;
import dev.probity.web.overview.Overview.Spend;
import dev.probity.web.overview.Overview.Total;
import dev.probity.web.sessions.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The first page as the gateway measured it. */
final class GatewayOverview {
  static final List<String> METRICS = List.of("spend", "requests", "tokens");

  private static final int ROWS = 8;

  private final ExchangeQuery exchanges;
  private final OrganizationId organization;
  private final KeyNames names;
  private final TimeRange range;
  private final long now;
  private final Link own;

  GatewayOverview(
      ExchangeQuery exchanges,
      OrganizationId organization,
      KeyNames names,
      TimeRange range,
      long now,
      Link own) {
    this.exchanges = exchanges;
    this.organization = organization;
    this.names = names;
    this.range = range;
    this.now = now;
    this.own = own;
  }

  Overview build(String metric) {
    List<UsageRow> rows = usage(range.groupBy(), range.fromMillis(now), range.toMillis(now));
    List<Option> metrics = new ArrayList<>();
    for (String each : METRICS) {
      String label = each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1);
      metrics.add(new Option(label, own.with("metric", each).toString(), each.equals(metric)));
    }
    Link series = api(range.groupBy());
    return new Overview(
        Elapsed.at(now).stream().map(this::spend).toList(),
        totals(sum(rows)),
        List.copyOf(metrics),
        Steps.chart(metric, Steps.of(range, now, rows)),
        series.with("format", "csv").toString(),
        series.toString(),
        List.of(),
        List.of(
            breakdown(GroupBy.MODEL, "Models"),
            breakdown(GroupBy.KEY, "Keys"),
            breakdown(GroupBy.PROVIDER, "Providers")),
        "");
  }

  private Spend spend(Elapsed elapsed) {
    UsageRow soFar = sum(elapsed.fromMillis(), Elapsed.endOfHour(now));
    return new Spend(
        elapsed.label(),
        soFar.chargeNanoUsd(),
        Format.number(soFar.exchanges()) + (soFar.exchanges() == 1 ? " exchange" : " exchanges"),
        Change.of(
            sum(elapsed.fromMillis(), elapsed.untilMillis()).chargeNanoUsd(),
            sum(elapsed.beforeFromMillis(), elapsed.beforeUntilMillis()).chargeNanoUsd(),
            elapsed.before()));
  }

  private UsageRow sum(long from, long to) {
    return sum(from < to ? usage(GroupBy.PROVIDER, from, to) : List.of());
  }

  private static UsageRow sum(List<UsageRow> rows) {
    return rows.stream()
        .reduce(
            new UsageRow("", 0, 0, 0, Usage.NONE, 0),
            (a, b) ->
                new UsageRow(
                    "",
                    a.exchanges() + b.exchanges(),
                    a.errors() + b.errors(),
                    a.unpriced() + b.unpriced(),
                    a.usage().plus(b.usage()),
                    a.chargeNanoUsd() + b.chargeNanoUsd()));
  }

  private static List<Group> totals(UsageRow sum) {
    Usage usage = sum.usage();
    List<Total> totals =
        new ArrayList<>(
            List.of(
                new Total("Spend", Format.usd(sum.chargeNanoUsd()), "", "", ""),
                new Total("Requests", Format.number(sum.exchanges()), "", "", ""),
                new Total(
                    "Errors",
                    Format.number(sum.errors()),
                    Format.percent(sum.errors(), sum.exchanges()),
                    sum.errors() > 0 ? "bad-text" : "",
                    ""),
                new Total(
                    "Input",
                    Format.compact(usage.input()),
                    "",
                    "",
                    Format.number(usage.input()) + " tokens"),
                new Total(
                    "Output",
                    Format.compact(usage.output()),
                    "",
                    "",
                    Format.number(usage.output()) + " tokens"),
                new Total(
                    "Cache hits",
                    Format.percent(usage.cacheRead(), usage.input()),
                    "",
                    "",
                    "Input tokens that the provider had in its cache")));
    if (sum.unpriced() > 0) {
      totals.add(
          new Total(
              "Unpriced",
              Format.number(sum.unpriced()),
              "",
              "warn-text",
              "Exchanges with models that the price book does not know: their cost is missing"
                  + " from the spend"));
    }
    return List.of(new Group("", totals));
  }

  private Breakdown breakdown(GroupBy groupBy, String title) {
    long from = range.fromMillis(now);
    long to = range.toMillis(now);
    List<UsageRow> rows = usage(groupBy, from, to);
    long largest = rows.stream().mapToLong(GatewayOverview::weight).max().orElse(0);
    List<Line> lines = new ArrayList<>();
    int shown = rows.size() == ROWS + 1 ? ROWS + 1 : Math.min(rows.size(), ROWS);
    for (UsageRow row : rows.subList(0, shown)) {
      lines.add(line(name(groupBy, row.group()), link(groupBy, row.group()), row, largest));
    }
    if (rows.size() > shown) {
      UsageRow rest = sum(rows.subList(shown, rows.size()));
      lines.add(line(rows.size() - shown + " more", "", rest, largest));
    }
    return new Breakdown(
        title,
        "Requests",
        api(groupBy).with("format", "csv").toString(),
        api(groupBy).toString(),
        lines,
        rows.size() - shown,
        "Nothing in this time.");
  }

  private static Line line(String name, String link, UsageRow row, long largest) {
    return new Line(
        name,
        link,
        "",
        largest == 0 ? 0 : (int) Math.min(100, Math.round(100.0 * weight(row) / largest)),
        Format.compact(row.exchanges()),
        row.errors() > 0 ? Format.percent(row.errors(), row.exchanges()) : "",
        Format.compact(row.usage().total()),
        Format.usd(row.chargeNanoUsd()),
        row.unpriced() == row.exchanges() && row.chargeNanoUsd() == 0);
  }

  /** What a line is long by: the charge, or a little by use where nothing is charged. */
  private static long weight(UsageRow row) {
    return row.chargeNanoUsd() > 0 ? row.chargeNanoUsd() : Math.min(row.exchanges(), 1);
  }

  private String name(GroupBy groupBy, String group) {
    if (group.isEmpty()) {
      return "(nothing sent)";
    }
    return groupBy == GroupBy.KEY ? names.of(new KeyId(group)) : group;
  }

  /** The exchanges that a line sums up; the log can't be filtered by provider. */
  private String link(GroupBy groupBy, String group) {
    return switch (groupBy) {
      case MODEL, KEY ->
          group.isEmpty()
              ? ""
              : Link.to("/exchanges")
                  .with(lower(groupBy), group)
                  .with("from", range.fromMillis(now))
                  .with("to", range.toMillis(now))
                  .toString();
      case PROVIDER, DAY, HOUR -> "";
    };
  }

  private Link api(GroupBy groupBy) {
    return Link.to("/api/usage")
        .with("group_by", lower(groupBy))
        .with("from", range.fromMillis(now))
        .with("to", range.toMillis(now));
  }

  private List<UsageRow> usage(GroupBy groupBy, long from, long to) {
    return exchanges.usage(organization, groupBy, OptionalLong.of(from), OptionalLong.of(to));
  }

  private static String lower(GroupBy groupBy) {
    return groupBy.name().toLowerCase(Locale.ROOT);
  }
}
