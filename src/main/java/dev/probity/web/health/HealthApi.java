package dev.probity.web.health;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.kernel.Clock;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.sessions.HealthRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/telemetry/health}: who reports, and what is wrong with it. */
public final class HealthApi {
  private static final List<String> NOTES =
      List.of(
          "records",
          "kept",
          "ignored",
          "rejected",
          "dropped_attributes",
          "content_attributes",
          "skewed",
          "without_session",
          "without_person",
          "without_model",
          "unpriced");

  private final TelemetryStore telemetry;
  private final Intake intake;
  private final Clock clock;

  public HealthApi(TelemetryStore telemetry, Intake intake, Clock clock) {
    this.telemetry = telemetry;
    this.intake = intake;
    this.clock = clock;
  }

  public Answer show(Call call) {
    Parameters query = call.query("format");
    long now = clock.millis();
    Health health = Health.of(telemetry, call.caller().organization(), now);
    if (Csv.wanted(call, query)) {
      return Answer.csv("telemetry-health.csv", csv(health.rows(), now));
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    health.rows().forEach(row -> items.add(json(row, now)));
    root.putNull("next");
    ArrayNode unpriced = root.putArray("unpriced_models");
    for (Health.Unpriced model : health.unpriced()) {
      unpriced
          .addObject()
          .put("agent", model.agent())
          .put("model", model.model())
          .put("model_calls", model.modelCalls());
    }
    ObjectNode settings =
        root.putObject("intake")
            .put("captures_text", intake.capturesText())
            .put("events_kept_days", intake.keptFor().requestLog().toDays())
            .put("sums_kept_days", intake.keptFor().usageMetric().toDays())
            .put("text_kept_days", intake.keptFor().promptContent().toDays());
    ObjectNode counts = settings.putObject("since_start");
    intake
        .counts()
        .apply(call.caller().organization())
        .forEach(count -> counts.put(count.name(), count.count()));
    return Answer.json(root);
  }

  private static ObjectNode json(HealthRow row, long now) {
    ObjectNode json =
        Json.object()
            .put("key", row.key().value())
            .put("agent", row.agent())
            .put("client_version", row.clientVersion())
            .put("signal", signal(row))
            .put("first_seen_at", time(row.firstSeenMillis()))
            .put("last_seen_at", time(row.lastSeenMillis()))
            .put("silent_for_ms", Math.max(0, now - row.lastSeenMillis()))
            .put("reports", row.reports());
    List<Integer> values = notes(row.notes());
    for (int i = 0; i < NOTES.size(); i++) {
      json.put(NOTES.get(i), values.get(i));
    }
    return json.put("duplicates", row.duplicates());
  }

  private static String csv(List<HealthRow> rows, long now) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "key",
                "agent",
                "client_version",
                "signal",
                "first_seen_at",
                "last_seen_at",
                "silent_for_ms",
                "reports"));
    header.addAll(NOTES);
    header.add("duplicates");
    Csv csv = new Csv(header);
    for (HealthRow row : rows) {
      List<Object> cells =
          new ArrayList<>(
              List.of(
                  row.key().value(),
                  row.agent(),
                  row.clientVersion(),
                  signal(row),
                  time(row.firstSeenMillis()),
                  time(row.lastSeenMillis()),
                  Math.max(0, now - row.lastSeenMillis()),
                  row.reports()));
      cells.addAll(notes(row.notes()));
      cells.add(row.duplicates());
      csv.row(cells);
    }
    return csv.toString();
  }

  /** In the order of {@link #NOTES}. */
  private static List<Integer> notes(Notes notes) {
    return List.of(
        notes.records(),
        notes.kept(),
        notes.ignored(),
        notes.rejected(),
        notes.droppedAttributes(),
        notes.droppedContent(),
        notes.skewed(),
        notes.withoutSession(),
        notes.withoutPerson(),
        notes.withoutModel(),
        notes.unpriced());
  }

  private static String signal(HealthRow row) {
    return row.signal().name().toLowerCase(Locale.ROOT);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
