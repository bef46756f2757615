package dev.probity.web.overview;

import static dev.probity.telemetry.sessions.Figure.ACTIVE_AGENT_MILLIS;
import static dev.probity.telemetry.sessions.Figure.ACTIVE_PERSON_MILLIS;
import static dev.probity.telemetry.sessions.Figure.CHARGE_NANO_USD;
import static dev.probity.telemetry.sessions.Figure.ERRORS;
import static dev.probity.telemetry.sessions.Figure.MODEL_CALLS;
import static dev.probity.telemetry.sessions.Figure.SESSIONS;
import static dev.probity.telemetry.sessions.Figure.SPEND_NANO_USD;
import static dev.probity.telemetry.sessions.Figure.UNPRICED;

import dev.probity.http.Parameters;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.web.figures.BarChart;
import dev.probity.web.figures.Format;
import dev.probity.web.figures.Steps;
import dev.probity.web.figures.TimeRange;
import dev.probity.web.overview.Overview.Breakdown;
import dev.probity.web.overview.Overview.Line;
import dev.probity.web.overview.Overview.Option;
import dev.probity.web.overview.Overview.Spend;
import dev.probity.web.sessions.AgentLabels;
import dev.probity.web.sessions.Link;
import dev.probity.web.sessions.Marginals;
import dev.probity.web.sessions.PersonNames;
import dev.probity.web.sessions.SessionParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** The first page as agents report it. */
final class TelemetryOverview {
  static final List<String> METRICS = List.of("spend", "value", "sessions", "tokens", "active");

  private static final int ROWS = 8;

  private final RangeSums sums;
  private final Parameters query;
  private final PersonNames people;
  private final TimeRange range;
  private final long now;
  private final Link own;

  /**
   * @param own the page's address as it is now
   */
  TelemetryOverview(
      RangeSums sums, Parameters query, PersonNames people, TimeRange range, long now, Link own) {
    this.sums = sums;
    this.query = query;
    this.people = people;
    this.range = range;
    this.now = now;
    this.own = own;
  }

  Overview build(String metric) {
    long from = range.fromMillis(now);
    long to = range.toMillis(now);
    List<SumRow> rows = sums.rows(from, to, Period.WHOLE_RANGE);
    Figures total = Marginals.total(rows);
    List<Breakdown> breakdowns = new ArrayList<>();
    for (String dimension : SessionParameters.DIMENSIONS) {
      if (!dimension.equals("plan")) {
        breakdowns.add(breakdown(dimension, Marginals.by(dimension, rows)));
      }
    }
    String time = range.step().toHours() < 24 ? "hour" : "day";
    return new Overview(
        Elapsed.at(now).stream().map(this::spend).toList(),
        TelemetryTotals.groups(total),
        metrics(total, metric),
        chart(metric),
        api(time).with("format", "csv").toString(),
        api(time).toString(),
        chips(),
        List.copyOf(breakdowns),
        "/telemetry/live");
  }

  private Spend spend(Elapsed elapsed) {
    Figures soFar = sums.total(elapsed.fromMillis(), Elapsed.endOfHour(now));
    long over = sums.total(elapsed.fromMillis(), elapsed.untilMillis()).get(SPEND_NANO_USD);
    long before =
        sums.total(elapsed.beforeFromMillis(), elapsed.beforeUntilMillis()).get(SPEND_NANO_USD);
    long value = soFar.get(CHARGE_NANO_USD);
    String sub = value == soFar.get(SPEND_NANO_USD) ? "" : Format.usd(value) + " at API prices";
    return new Spend(
        elapsed.label(), soFar.get(SPEND_NANO_USD), sub, Change.of(over, before, elapsed.before()));
  }

  private List<Option> metrics(Figures total, String current) {
    List<Option> options = new ArrayList<>();
    boolean subscribed = total.get(CHARGE_NANO_USD) != total.get(SPEND_NANO_USD);
    for (String metric : METRICS) {
      if (!metric.equals("value") || subscribed || current.equals("value")) {
        options.add(
            new Option(
                title(metric), own.with("metric", metric).toString(), metric.equals(current)));
      }
    }
    return options;
  }

  private static String title(String metric) {
    return switch (metric) {
      case "value" -> "At API prices";
      case "sessions" -> "Sessions";
      case "tokens" -> "Tokens";
      case "active" -> "Active time";
      default -> "Spend";
    };
  }

  private BarChart chart(String metric) {
    Period period = range.step().toHours() < 24 ? Period.HOUR : Period.DAY;
    Map<Long, Long> values = new HashMap<>();
    Marginals.byTime(sums.rows(range.fromMillis(now), range.toMillis(now), period))
        .forEach((at, figures) -> values.put(at, value(metric, figures)));
    LongFunction<String> format =
        switch (metric) {
          case "sessions", "tokens" -> Format::compact;
          case "active" -> Format::duration;
          default -> Format::usd;
        };
    Link sessions = Link.to("/sessions").keeping(query, OverviewPage.FILTERS);
    return Steps.chart(
        title(metric),
        range,
        now,
        values,
        format,
        (from, until) -> sessions.with("from", from).with("to", until).toString());
  }

  private static long value(String metric, Figures figures) {
    return switch (metric) {
      case "value" -> figures.get(CHARGE_NANO_USD);
      case "sessions" -> figures.get(SESSIONS);
      case "tokens" -> figures.usage().total();
      case "active" -> figures.get(ACTIVE_PERSON_MILLIS) + figures.get(ACTIVE_AGENT_MILLIS);
      default -> figures.get(SPEND_NANO_USD);
    };
  }

  private List<Option> chips() {
    List<Option> chips = new ArrayList<>();
    for (String name : SessionParameters.DIMENSIONS) {
      query
          .text(name)
          .ifPresent(value ->
              chips.add(
                  new Option(
                      name + " " + label(name, value), own.with(name, "").toString(), true)));
    }
    return chips;
  }

  private Link api(String group) {
    return Link.to("/api/usage")
        .with("source", "telemetry")
        .with("group_by", group)
        .with("from", range.fromMillis(now))
        .with("to", range.toMillis(now))
        .keeping(query, SessionParameters.DIMENSIONS);
  }

  private Breakdown breakdown(String dimension, Map<String, Figures> marginals) {
    Figure counted = dimension.equals("model") ? MODEL_CALLS : SESSIONS;
    List<Map.Entry<String, Figures>> rows =
        marginals.entrySet().stream()
            // What is of no model are prompts and tools: they are not a line among models.
            .filter(row -> !dimension.equals("model") || row.getValue().get(MODEL_CALLS) > 0)
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Figures> row) -> weight(row.getValue()))
                    .reversed())
            .toList();
    boolean isKnown = rows.stream().anyMatch(row -> !row.getKey().isEmpty());
    List<Line> lines = new ArrayList<>();
    long largest = rows.isEmpty() ? 0 : weight(rows.getFirst().getValue());
    int shown = rows.size() == ROWS + 1 ? ROWS + 1 : Math.min(rows.size(), ROWS);
    for (Map.Entry<String, Figures> row : rows.subList(0, isKnown ? shown : 0)) {
      lines.add(line(dimension, row.getKey(), row.getValue(), counted, largest));
    }
    int rest = rows.size() - shown;
    if (rest > 0 && isKnown) {
      Figures sum =
          rows.subList(shown, rows.size()).stream()
              .map(Map.Entry::getValue)
              .reduce(Figures.NONE, Figures::plus);
      lines.add(plain(rest + " more", "", "", sum, counted, largest));
    }
    Link api = api(dimension);
    return new Breakdown(
        plural(dimension),
        dimension.equals("model") ? "Calls" : "Sessions",
        api.with("format", "csv").toString(),
        api.toString(),
        lines,
        rest,
        rows.isEmpty() ? "Nothing in this time." : hint(dimension));
  }

  private Line line(String dimension, String value, Figures figures, Figure counted, long largest) {
    String name = value.isEmpty() ? "not known" : label(dimension, value);
    String link = value.isEmpty() ? "" : own.with(dimension, value).toString();
    return plain(name, link, dimension.equals("agent") ? value : "", figures, counted, largest);
  }

  private static Line plain(
      String name, String link, String agent, Figures figures, Figure counted, long largest) {
    long errors = figures.get(ERRORS);
    boolean unpriced = figures.get(CHARGE_NANO_USD) == 0 && figures.get(UNPRICED) > 0;
    return new Line(
        name,
        link,
        agent,
        largest == 0 ? 0 : (int) Math.min(100, Math.round(100.0 * weight(figures) / largest)),
        Format.compact(figures.get(counted)),
        counted == SESSIONS && errors > 0 ? Format.compact(errors) + " errors" : "",
        Format.compact(figures.usage().total()),
        Format.usd(figures.get(SPEND_NANO_USD)),
        unpriced);
  }

  /** What a line is long by: its worth, whoever pays. */
  private static long weight(Figures figures) {
    return figures.get(CHARGE_NANO_USD);
  }

  private String label(String dimension, String value) {
    return switch (dimension) {
      case "agent" -> AgentLabels.of(value);
      case "person" -> people.of(value);
      default -> value;
    };
  }

  private static String plural(String dimension) {
    return switch (dimension) {
      case "agent" -> "Agents";
      case "model" -> "Models";
      case "person" -> "People";
      case "team" -> "Teams";
      case "repository" -> "Repositories";
      default -> "Branches";
    };
  }

  private static String hint(String dimension) {
    return switch (dimension) {
      case "person" -> "No report names a person. Issue a key to each person under Keys.";
      case "team" ->
          "No report names a team. Set OTEL_RESOURCE_ATTRIBUTES=\"team.id=…\" where agents run.";
      case "repository", "branch" ->
          "No report names a " + dimension + ". See Connect for what each agent can tell.";
      default -> "Nothing is known in this time.";
    };
  }
}
