package dev.probity.web.globe;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.kernel.Clock;
import dev.probity.telemetry.place.Countries;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.PlaceRow;
import dev.probity.telemetry.sessions.TelemetrySums;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/places}: what agents did where, by place and agent. */
final class PlacesApi {
  private static final List<String> HEADER =
      List.of(
          "country",
          "country_name",
          "city",
          "latitude",
          "longitude",
          "agent",
          "sessions",
          "prompts",
          "model_calls",
          "tool_calls",
          "errors",
          "tokens",
          "charge_nano_usd",
          "spend_nano_usd",
          "last_seen_at");
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long USUAL_RANGE = Duration.ofDays(7).toMillis();

  private final TelemetrySums sums;
  private final Clock clock;

  PlacesApi(TelemetrySums sums, Clock clock) {
    this.sums = sums;
    this.clock = clock;
  }

  Answer list(Call call) {
    Parameters query = call.query("from", "to", "format");
    boolean asCsv = Csv.wanted(call, query);
    long to = query.time("to").orElse(Math.floorDiv(clock.millis(), HOUR) * HOUR + HOUR);
    long from = query.time("from").orElse(to - USUAL_RANGE);
    if (from >= to) {
      throw Parameters.wrong("from", "a time before \"to\"");
    }
    List<PlaceRow> rows =
        sums.places(call.caller().organization(), from, to).stream()
            .sorted(
                Comparator.comparingLong((PlaceRow row) -> row.figures().get(Figure.SESSIONS))
                    .reversed()
                    .thenComparing(row -> PlaceSum.id(row.place()))
                    .thenComparing(PlaceRow::agent))
            .toList();
    return asCsv ? Answer.csv("places.csv", csv(rows)) : Answer.json(json(rows));
  }

  private static ObjectNode json(List<PlaceRow> rows) {
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    for (PlaceRow row : rows) {
      ObjectNode item = items.addObject();
      List<Object> cells = cells(row);
      for (int i = 0; i < HEADER.size(); i++) {
        switch (cells.get(i)) {
          case Long number -> item.put(HEADER.get(i), number);
          case Double number -> item.put(HEADER.get(i), number);
          case Object text -> item.put(HEADER.get(i), text.toString());
        }
      }
    }
    return root.putNull("next");
  }

  private static String csv(List<PlaceRow> rows) {
    Csv csv = new Csv(HEADER);
    rows.forEach(row -> csv.row(cells(row)));
    return csv.toString();
  }

  private static List<Object> cells(PlaceRow row) {
    return List.of(
        row.place().country(),
        Countries.name(row.place().country()),
        row.place().city(),
        PlaceSum.degrees(row.place().latitude()),
        PlaceSum.degrees(row.place().longitude()),
        row.agent(),
        row.figures().get(Figure.SESSIONS),
        row.figures().get(Figure.PROMPTS),
        row.figures().get(Figure.MODEL_CALLS),
        row.figures().get(Figure.TOOL_CALLS),
        row.figures().get(Figure.ERRORS),
        row.figures().usage().total(),
        row.figures().get(Figure.CHARGE_NANO_USD),
        row.figures().get(Figure.SPEND_NANO_USD),
        Instant.ofEpochMilli(row.lastSeenMillis()).toString());
  }
}
