package dev.probity.web;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.identity.Keys;
import dev.probity.kernel.Clock;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.web.figures.BarChart;
import dev.probity.web.figures.Steps;
import dev.probity.web.figures.TimeRange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What is spent, by whom, on what: the first page. */
public final class OverviewPage {
  private static final int BREAKDOWN_ROWS = 8;
  private static final List<String> METRICS = List.of("spend", "requests", "tokens");

  private final Pages pages;
  private final ExchangeQuery exchanges;
  private final Keys keys;
  private final Clock clock;

  OverviewPage(Pages pages, ExchangeQuery exchanges, Keys keys, Clock clock) {
    this.pages = pages;
    this.exchanges = exchanges;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param neverUsed nothing was ever logged: the page says how to begin instead
   * @param base the address that clients use
   */
  public record View(
      boolean neverUsed,
      String base,
      TimeRange range,
      List<TimeRange> ranges,
      String metric,
      List<Choice> metrics,
      List<Spend> spends,
      Totals totals,
      BarChart chart,
      String chartCsv,
      List<Breakdown> breakdowns) {}

  /** What was spent since a time, with the exchanges that it paid for. */
  public record Spend(String label, long nanoUsd, long exchanges) {}

  /** Sums over the chosen range. */
  public record Totals(long exchanges, long errors, long unpriced, Usage usage, long nanoUsd) {
    static Totals of(List<UsageRow> rows) {
      return new Totals(
          rows.stream().mapToLong(UsageRow::exchanges).sum(),
          rows.stream().mapToLong(UsageRow::errors).sum(),
          rows.stream().mapToLong(UsageRow::unpriced).sum(),
          rows.stream().map(UsageRow::usage).reduce(Usage.NONE, Usage::plus),
          rows.stream().mapToLong(UsageRow::chargeNanoUsd).sum());
    }
  }

  /**
   * A table of sums.
   *
   * @param hidden how many further rows its CSV has
   */
  public record Breakdown(String title, String csv, List<Line> lines, int hidden) {}

  /**
   * A row of a {@link Breakdown}.
   *
   * @param share of the largest line, 0 to 100
   */
  public record Line(String name, String link, UsageRow row, int share) {}

  Answer show(Call call) {
    Parameters query = call.query("range", "metric");
    TimeRange range = TimeRange.named(query.oneOf("range", TimeRange.names()).orElse("7d"));
    String metric = query.oneOf("metric", METRICS).orElse("spend");
    OrganizationId organization = call.caller().organization();
    long now = clock.millis();
    long from = range.fromMillis(now);
    long to = range.toMillis(now);
    List<UsageRow> rows = usage(organization, range.groupBy(), from, to);
    List<Steps.Step> steps = Steps.of(range, now, rows);
    KeyNames names = new KeyNames(keys, organization);
    View view =
        new View(
            isNeverUsed(organization),
            call.origin().toString(),
            range,
            TimeRange.ALL,
            metric,
            List.of(
                new Choice("spend", "Spend"),
                new Choice("requests", "Requests"),
                new Choice("tokens", "Tokens")),
            List.of(
                spend(organization, "Today", now, 1),
                spend(organization, "Last 7 days", now, 7),
                spend(organization, "Last 30 days", now, 30)),
            Totals.of(rows),
            Steps.chart(metric, steps),
            "/api/usage?group_by=" + lower(range.groupBy()) + period(from, to) + "&format=csv",
            List.of(
                breakdown(organization, GroupBy.MODEL, "Models", from, to, name -> name),
                breakdown(
                    organization, GroupBy.KEY, "Keys", from, to, id -> names.of(new KeyId(id))),
                breakdown(organization, GroupBy.PROVIDER, "Providers", from, to, name -> name)));
    return pages.page("OverviewPage", "Overview", "overview", view);
  }

  private boolean isNeverUsed(OrganizationId organization) {
    return exchanges
        .list(organization, ExchangeQuery.Filter.ALL, 1, java.util.Optional.empty())
        .items()
        .isEmpty();
  }

  /** Spend over so many whole days in UTC, of which today is the last. */
  private Spend spend(OrganizationId organization, String label, long now, int days) {
    long day = Duration.ofDays(1).toMillis();
    long tomorrow = Math.floorDiv(now, day) * day + day;
    Totals totals = Totals.of(usage(organization, GroupBy.DAY, tomorrow - days * day, tomorrow));
    return new Spend(label, totals.nanoUsd, totals.exchanges);
  }

  private Breakdown breakdown(
      OrganizationId organization,
      GroupBy groupBy,
      String title,
      long from,
      long to,
      UnaryOperator<String> name) {
    List<UsageRow> rows = usage(organization, groupBy, from, to);
    long largest = rows.stream().mapToLong(OverviewPage::weight).max().orElse(0);
    List<Line> lines = new ArrayList<>();
    for (UsageRow row : rows.subList(0, Math.min(rows.size(), BREAKDOWN_ROWS))) {
      lines.add(
          new Line(
              row.group().isEmpty() ? "(nothing sent)" : name.apply(row.group()),
              link(groupBy, row.group(), from, to),
              row,
              largest == 0 ? 0 : (int) Math.round(100.0 * weight(row) / largest)));
    }
    return new Breakdown(
        title,
        "/api/usage?group_by=" + lower(groupBy) + period(from, to) + "&format=csv",
        lines,
        rows.size() - lines.size());
  }

  /** What a line is long by: the charge, or a little by use where nothing is charged. */
  private static long weight(UsageRow row) {
    return row.chargeNanoUsd() > 0 ? row.chargeNanoUsd() : Math.min(row.exchanges(), 1);
  }

  /** The exchanges that a line sums up; the log can't be filtered by provider. */
  private static String link(GroupBy groupBy, String group, long from, long to) {
    return switch (groupBy) {
      case MODEL, KEY ->
          group.isEmpty()
              ? ""
              : "/exchanges?"
                  + lower(groupBy)
                  + "="
                  + URLEncoder.encode(group, StandardCharsets.UTF_8)
                  + period(from, to);
      case PROVIDER, DAY, HOUR -> "";
    };
  }

  private List<UsageRow> usage(OrganizationId organization, GroupBy groupBy, long from, long to) {
    return exchanges.usage(organization, groupBy, OptionalLong.of(from), OptionalLong.of(to));
  }

  private static String period(long from, long to) {
    return "&from=" + from + "&to=" + to;
  }

  private static String lower(GroupBy groupBy) {
    return groupBy.name().toLowerCase(java.util.Locale.ROOT);
  }
}
