package dev.probity.web.sessions;

import dev.probity.gateway.log.UsageApi;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/usage?source=telemetry}: what agents reported, added up by one dimension. */
public final class TelemetryUsageApi {
  private static final List<String> SOURCES = List.of("gateway", "telemetry");
  private static final List<String> TIMES = List.of("day", "hour");
  private static final List<String> GROUPS =
      Stream.concat(SessionParameters.DIMENSIONS.stream(), TIMES.stream()).toList();
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int USUAL_DAYS = 30;

  private final TelemetryStore telemetry;
  private final UsageApi gateway;
  private final Clock clock;

  public TelemetryUsageApi(TelemetryStore telemetry, UsageApi gateway, Clock clock) {
    this.telemetry = telemetry;
    this.gateway = gateway;
    this.clock = clock;
  }

  /** Answers for both sources; the gateway's is the usual one. */
  public Answer sum(Call call) {
    Parameters query =
        call.query(
            "source",
            "group_by",
            "from",
            "to",
            "format",
            "agent",
            "model",
            "person",
            "team",
            "repository",
            "branch",
            "plan");
    if (query.oneOf("source", SOURCES).filter("telemetry"::equals).isPresent()) {
      return telemetry(call, query);
    }
    for (String name : SessionParameters.DIMENSIONS) {
      if (query.text(name).isPresent()) {
        throw Parameters.wrong(
            name, "source=telemetry beside it: the gateway's sums have no such filter");
      }
    }
    return gateway.sum(call);
  }

  private Answer telemetry(Call call, Parameters query) {
    boolean asCsv = Csv.wanted(call, query);
    String group = query.oneOf("group_by", GROUPS).orElse("model");
    OrganizationId organization = call.caller().organization();
    long to = Math.ceilDiv(query.time("to").orElse(clock.millis() / DAY * DAY + DAY), HOUR) * HOUR;
    long from = Math.floorDiv(query.time("from").orElse(to - USUAL_DAYS * DAY), HOUR) * HOUR;
    Map<String, Figures> sums =
        sums(telemetry.sums().sums(organization, from, to, period(group)), group, query);
    PersonNames people = new PersonNames(telemetry.people(), organization);
    List<Map.Entry<String, Figures>> rows = new ArrayList<>(sums.entrySet());
    if (!TIMES.contains(group)) {
      rows.sort(
          Comparator.comparingLong(
                  (Map.Entry<String, Figures> row) -> row.getValue().get(Figure.CHARGE_NANO_USD))
              .reversed());
    }
    if (asCsv) {
      return Answer.csv("usage-by-" + group + ".csv", csv(group, rows, people));
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    for (Map.Entry<String, Figures> row : rows) {
      ObjectNode json = Json.object().put("group", row.getKey()).put(group, row.getKey());
      label(group, row.getKey(), people).ifPresent(label -> json.put("label", label));
      items.add(FigureJson.put(json, row.getValue(), List.of()));
    }
    return Answer.json(root.putNull("next"));
  }

  private static Period period(String group) {
    return switch (group) {
      case "day" -> Period.DAY;
      case "hour" -> Period.HOUR;
      default -> Period.WHOLE_RANGE;
    };
  }

  private static Map<String, Figures> sums(List<SumRow> all, String group, Parameters query) {
    List<SumRow> rows =
        all.stream().filter(row -> SessionParameters.matches(query, row.dimensions())).toList();
    if (!TIMES.contains(group)) {
      return Marginals.by(group, rows);
    }
    Map<String, Figures> sums = new TreeMap<>();
    Marginals.byTime(rows).forEach((at, figures) -> sums.put(time(group, at), figures));
    return sums;
  }

  private static String time(String group, long millis) {
    String time = Instant.ofEpochMilli(millis).toString();
    return group.equals("day") ? time.substring(0, 10) : time.substring(0, 13) + ":00Z";
  }

  private static Optional<String> label(String group, String value, PersonNames people) {
    return group.equals("person") ? Optional.of(people.of(value)) : Optional.empty();
  }

  private static String csv(
      String group, List<Map.Entry<String, Figures>> rows, PersonNames people) {
    boolean labelled = group.equals("person");
    List<String> header = new ArrayList<>(List.of(group));
    if (labelled) {
      header.add("label");
    }
    header.addAll(FigureJson.header(List.of()));
    Csv csv = new Csv(header);
    for (Map.Entry<String, Figures> row : rows) {
      List<Object> cells = new ArrayList<>(List.of(row.getKey()));
      label(group, row.getKey(), people).ifPresent(cells::add);
      cells.addAll(FigureJson.cells(row.getValue(), List.of()));
      csv.row(cells);
    }
    return csv.toString();
  }
}
