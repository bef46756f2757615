package dev.probity.web.sessions;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.EventSink;
import dev.probity.http.Parameters;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.web.LiveNews;
import dev.probity.web.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What agents report now, as server-sent events. */
public final class LiveSessions {
  /** Agents report every few seconds; what is more than this at once is only counted. */
  private static final int WAITING = 200;

  private static final long PACE_MILLIS = 1_000;

  private final Pages pages;
  private final SessionsPage page;
  private final TelemetryStore telemetry;
  private final LiveNews<Stored> news;

  public LiveSessions(
      Pages pages, SessionsPage page, TelemetryStore telemetry, Feed<Stored> reports, Clock clock) {
    this.pages = pages;
    this.page = page;
    this.telemetry = telemetry;
    this.news = new LiveNews<>(reports, clock, WAITING, PACE_MILLIS);
  }

  /** Rows of sessions that changed, filtered as the list is. */
  public Answer rows(Call call) {
    SessionFilter filter =
        page.filter(
            call.query(
                "agent", "person", "team", "repository", "branch", "model", "range", "from", "to"));
    OrganizationId organization = call.caller().organization();
    return Answer.events(sink ->
        news.send(organization, sink, (to, items) -> rows(to, organization, filter, items)));
  }

  /** Only that something was reported: by anybody, with one key, or of one session. */
  public Answer reports(Call call) {
    Parameters query = call.query("key", "agent", "session");
    Optional<String> key = query.text("key");
    Optional<String> agent = query.text("agent");
    Optional<String> session = query.text("session");
    return Answer.events(sink ->
        news.send(
            call.caller().organization(),
            sink,
            (to, items) ->
                items.stream()
                    .filter(item -> key.map(item.key().value()::equals).orElse(true))
                    .filter(item -> agent.map(facts(item).agent()::equals).orElse(true))
                    .filter(item -> session.map(facts(item).session()::equals).orElse(true))
                    .findFirst()
                    .ifPresent(item -> to.send("reported", "", who(facts(item))))));
  }

  private static SessionFacts facts(Stored stored) {
    return stored.report().facts();
  }

  private static String who(SessionFacts facts) {
    return (AgentLabels.of(facts.agent()) + " " + facts.clientVersion()).strip();
  }

  private void rows(
      EventSink sink, OrganizationId organization, SessionFilter filter, List<Stored> items) {
    Map<Long, SessionFacts> changed = new LinkedHashMap<>();
    items.forEach(item -> changed.put(item.ref(), facts(item)));
    PersonNames people = new PersonNames(telemetry.people(), organization);
    changed.forEach((ref, facts) -> {
      for (SessionRow row : telemetry.sessions().find(organization, facts.session())) {
        if (row.ref() == ref && matches(filter, row)) {
          String html = pages.piece("SessionRow", SessionRowView.of(row, people));
          sink.send("row", Long.toHexString(ref), html);
        }
      }
    });
  }

  static boolean matches(SessionFilter filter, SessionRow row) {
    SessionFacts facts = row.facts();
    return filter.agent().map(facts.agent()::equals).orElse(true)
        && (filter.person().isEmpty() || filter.person().getAsLong() == row.person())
        && filter.team().map(facts.team()::equals).orElse(true)
        && filter.repository().map(facts.repository()::equals).orElse(true)
        && filter.branch().map(facts.branch()::equals).orElse(true)
        && filter.model().map(row.models()::contains).orElse(true)
        && row.endedAtMillis() >= filter.fromMillis().orElse(Long.MIN_VALUE)
        && row.startedAtMillis() < filter.toMillis().orElse(Long.MAX_VALUE);
  }
}
