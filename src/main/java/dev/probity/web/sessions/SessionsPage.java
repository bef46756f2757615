package dev.probity.web.sessions;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.web.Choice;
import dev.probity.web.Pages;
import dev.probity.web.figures.Format;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The list of sessions: filter, page, look on. */
public final class SessionsPage {
  private static final int PAGE = 50;
  private static final List<String> FILTERS =
      List.of("agent", "person", "team", "repository", "branch", "model", "range", "from", "to");
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int CHOICE_DAYS = 90;
  private static final List<Choice> RANGES =
      List.of(
          new Choice("1h", "Last hour"),
          new Choice("24h", "Last 24 hours"),
          new Choice("7d", "Last 7 days"),
          new Choice("30d", "Last 30 days"));
  private static final Map<String, Duration> DURATIONS =
      Map.of(
          "1h", Duration.ofHours(1),
          "24h", Duration.ofHours(24),
          "7d", Duration.ofDays(7),
          "30d", Duration.ofDays(30));

  private final Pages pages;
  private final TelemetryStore telemetry;
  private final Clock clock;

  public SessionsPage(Pages pages, TelemetryStore telemetry, Clock clock) {
    this.pages = pages;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param live where new rows come from; empty on later pages and for times that are over
   * @param next the address of the following page
   * @param wrong what was wrong with the filter; the list is then empty
   */
  public record View(
      Filled filter,
      List<SessionRowView> rows,
      String live,
      String first,
      Optional<String> next,
      String csv,
      String json,
      String wrong) {}

  /**
   * The filter's fields, filled in, with what can be chosen.
   *
   * @param chips filters that have no field of their own, in words
   * @param hidden the same as names and values
   */
  public record Filled(
      String agent,
      String person,
      String repository,
      String model,
      String range,
      List<Choice> agents,
      List<Choice> people,
      List<String> repositories,
      List<String> models,
      List<Choice> ranges,
      List<String> chips,
      List<Choice> hidden,
      boolean isFiltered) {}

  public Answer show(Call call) {
    Parameters query =
        call.query(
            "agent",
            "person",
            "team",
            "repository",
            "branch",
            "model",
            "range",
            "from",
            "to",
            "cursor");
    OrganizationId organization = call.caller().organization();
    PersonNames people = new PersonNames(telemetry.people(), organization);
    Filled filled = filled(organization, query, people);
    try {
      SessionFilter filter = filter(query);
      Optional<String> cursor = query.text("cursor");
      Page<SessionRow> page = telemetry.sessions().list(organization, filter, PAGE, cursor);
      Link own = Link.to("/sessions").keeping(query, FILTERS);
      Link api = api(filter);
      View view =
          new View(
              filled,
              page.items().stream().map(row -> SessionRowView.of(row, people)).toList(),
              cursor.isEmpty() && filter.toMillis().isEmpty()
                  ? own.at("/sessions/live").toString()
                  : "",
              own.toString(),
              page.next().map(next -> own.with("cursor", next).toString()),
              api.with("limit", 1_000).with("format", "csv").toString(),
              api.toString(),
              "");
      return pages.page("SessionsPage", "Sessions", "sessions", view);
    } catch (RefusedException e) {
      // The person is still in front of the form: show it, with what is wrong.
      View view =
          new View(
              filled, List.of(), "", "/sessions", Optional.empty(), "", "", e.refusal().message());
      return pages.page(e.refusal().status(), "SessionsPage", "Sessions", "sessions", view);
    }
  }

  /** The filter of the page and of its live rows. */
  SessionFilter filter(Parameters query) {
    SessionFilter filter = SessionParameters.read(query);
    Optional<String> range = query.oneOf("range", RANGES.stream().map(Choice::value).toList());
    if (range.isEmpty() || filter.fromMillis().isPresent()) {
      return filter;
    }
    long from = clock.millis() - DURATIONS.getOrDefault(range.get(), Duration.ZERO).toMillis();
    return new SessionFilter(
        filter.agent(),
        filter.person(),
        filter.team(),
        filter.repository(),
        filter.branch(),
        filter.model(),
        OptionalLong.of(from),
        filter.toMillis());
  }

  /** What can be chosen is what was there of late. */
  private Filled filled(OrganizationId organization, Parameters query, PersonNames people) {
    long until = clock.millis() / DAY * DAY + DAY;
    var sums =
        telemetry.sums().sums(organization, until - CHOICE_DAYS * DAY, until, Period.WHOLE_RANGE);
    List<Choice> hidden =
        List.of("team", "branch", "from", "to").stream()
            .filter(name -> query.text(name).isPresent())
            .map(name -> new Choice(name, query.text(name).orElse("")))
            .toList();
    return new Filled(
        query.text("agent").orElse(""),
        query.text("person").orElse(""),
        query.text("repository").orElse(""),
        query.text("model").orElse(""),
        query.text("range").orElse(""),
        Marginals.by("agent", sums).keySet().stream()
            .filter(agent -> !agent.isEmpty())
            .map(agent -> new Choice(agent, AgentLabels.of(agent)))
            .toList(),
        people.choices(),
        known(Marginals.by("repository", sums)),
        known(Marginals.by("model", sums)),
        RANGES,
        hidden.stream().map(SessionsPage::chip).toList(),
        hidden,
        !Link.to("").keeping(query, FILTERS).parameters().isEmpty());
  }

  private static List<String> known(Map<String, ?> marginals) {
    return marginals.keySet().stream().filter(name -> !name.isEmpty()).toList();
  }

  private static String chip(Choice hidden) {
    String value = hidden.label();
    boolean isMillis = value.length() < 16 && value.chars().allMatch(Character::isDigit);
    String shown = isMillis ? Format.time(Long.parseLong(value)) : value;
    return (hidden.value().equals("to") ? "until" : hidden.value()) + " " + shown;
  }

  private static Link api(SessionFilter filter) {
    return Link.to("/api/sessions")
        .with("agent", filter.agent().orElse(""))
        .with("person", filter.person().isPresent() ? "" + filter.person().getAsLong() : "")
        .with("team", filter.team().orElse(""))
        .with("repository", filter.repository().orElse(""))
        .with("branch", filter.branch().orElse(""))
        .with("model", filter.model().orElse(""))
        .with("from", filter.fromMillis().isPresent() ? "" + filter.fromMillis().getAsLong() : "")
        .with("to", filter.toMillis().isPresent() ? "" + filter.toMillis().getAsLong() : "");
  }
}
