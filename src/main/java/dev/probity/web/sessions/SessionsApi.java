package dev.probity.web.sessions;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.log.ExchangeJson;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.sessions.SessionQuery;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/sessions}: what agents reported, session by session. */
public final class SessionsApi {
  private static final int LONGEST_LIST = 1_000;
  private static final int USUAL_LIST = 50;
  private static final int MOST_EVENTS = 10_000;
  private static final int USUAL_EVENTS = 2_000;

  private final TelemetryStore telemetry;
  private final ExchangeQuery exchanges;

  public SessionsApi(TelemetryStore telemetry, ExchangeQuery exchanges) {
    this.telemetry = telemetry;
    this.exchanges = exchanges;
  }

  public Answer list(Call call) {
    Parameters query =
        call.query(
            "limit",
            "cursor",
            "agent",
            "person",
            "team",
            "repository",
            "branch",
            "model",
            "from",
            "to",
            "format");
    boolean asCsv = Csv.wanted(call, query);
    OrganizationId organization = call.caller().organization();
    Page<SessionRow> page =
        telemetry
            .sessions()
            .list(
                organization,
                SessionParameters.read(query),
                query.number("limit", 1, LONGEST_LIST, USUAL_LIST),
                query.text("cursor"));
    PersonNames people = new PersonNames(telemetry.people(), organization);
    if (asCsv) {
      Csv csv = new Csv(SessionJson.csvHeader());
      page.items().forEach(row -> csv.row(SessionJson.cells(row, people)));
      Answer answer = Answer.csv("sessions.csv", csv.toString());
      return page.next().map(next -> answer.with("x-probity-next", next)).orElse(answer);
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    page.items().forEach(row -> items.add(SessionJson.of(row, people)));
    return Answer.json(root.put("next", page.next().orElse(null)));
  }

  /** One session with its events; as CSV, its events alone. */
  public Answer find(Call call) {
    Parameters query = call.query("agent", "limit", "format");
    boolean asCsv = Csv.wanted(call, query);
    OrganizationId organization = call.caller().organization();
    int limit = query.number("limit", 1, MOST_EVENTS, USUAL_EVENTS);
    SessionRow row = one(telemetry.sessions(), organization, call, query.text("agent"));
    List<AgentEvent> events = telemetry.sessions().events(organization, row.ref(), limit + 1);
    List<AgentEvent> first = events.subList(0, Math.min(limit, events.size()));
    MeasuredCalls measured = MeasuredCalls.of(row, exchanges);
    if (asCsv) {
      Csv csv = new Csv(EventJson.CSV_HEADER);
      first.forEach(event -> csv.row(EventJson.cells(event, measured.idOf(event))));
      return Answer.csv("session-events.csv", csv.toString());
    }
    ObjectNode json = SessionJson.of(row, new PersonNames(telemetry.people(), organization));
    ArrayNode list = json.putArray("events");
    first.forEach(event -> list.add(EventJson.of(event, measured.idOf(event))));
    json.put("more_events", events.size() > limit);
    ArrayNode texts = json.putArray("texts");
    telemetry
        .sessions()
        .texts(organization, row.ref(), limit)
        .forEach(text -> texts.add(EventJson.of(text)));
    ArrayNode seen = json.putArray("exchanges");
    measured.exchanges().forEach(exchange -> seen.add(ExchangeJson.of(exchange)));
    return Answer.json(json);
  }

  /** The session of a path; of several with the same id the one that began last. */
  static SessionRow one(
      SessionQuery sessions, OrganizationId organization, Call call, Optional<String> agent) {
    return sessions.find(organization, call.pathParameter("id")).stream()
        .filter(row -> agent.map(row.facts().agent()::equals).orElse(true))
        .max(Comparator.comparingLong(SessionRow::startedAtMillis))
        .orElseThrow(() ->
            RefusedException.notFound(
                "session_not_found",
                "There is no session with this id"
                    + (agent.isPresent() ? " of this agent" : "")
                    + ", or its time is over. GET /api/sessions lists them."));
  }
}
