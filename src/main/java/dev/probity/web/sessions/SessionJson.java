package dev.probity.web.sessions;

import dev.probity.http.Json;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.GatewaySums;
import dev.probity.telemetry.sessions.SessionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A session as the API writes it: the contract that scripts rely on. */
final class SessionJson {
  private static final List<Figure> WITHOUT = List.of(Figure.SESSIONS);

  private SessionJson() {}

  static ObjectNode of(SessionRow row, PersonNames people) {
    SessionFacts facts = row.facts();
    ObjectNode json =
        Json.object()
            .put("id", facts.session())
            .put("agent", facts.agent())
            .put("client_version", facts.clientVersion());
    if (row.person() == 0) {
      json.putNull("person");
    } else {
      json.putObject("person")
          .put("id", Long.toString(row.person()))
          .put("label", people.of(row.person()));
    }
    json.put("key", row.key().value())
        .put("team", facts.team())
        .put("repository", facts.repository())
        .put("branch", facts.branch())
        .put("plan", facts.plan())
        .put("started_at", time(row.startedAtMillis()))
        .put("ended_at", time(row.endedAtMillis()));
    ArrayNode models = json.putArray("models");
    row.models().forEach(models::add);
    json.put("source", row.source().name().toLowerCase(Locale.ROOT));
    FigureJson.put(json, row.figures(), WITHOUT);
    json.putNull("place");
    row.place()
        .ifPresent(place ->
            json.putObject("place").put("country", place.country()).put("city", place.city()));
    return withGateway(json, row);
  }

  private static ObjectNode withGateway(ObjectNode json, SessionRow row) {
    if (row.gateway().isEmpty()) {
      return json.putNull("gateway").putNull("difference");
    }
    GatewaySums gateway = row.gateway().get();
    Difference difference = Difference.of(row.figures(), gateway);
    ObjectNode measured =
        json.putObject("gateway")
            .put("model_calls", gateway.modelCalls())
            .put("errors", gateway.errors());
    measured.set("usage", FigureJson.usage(gateway.usage()));
    measured.put("charge_nano_usd", gateway.chargeNanoUsd());
    json.putObject("difference")
        .put("tokens", difference.tokens())
        .put("nano_usd", difference.nanoUsd());
    return json;
  }

  static List<String> csvHeader() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "id",
                "agent",
                "client_version",
                "person_id",
                "person",
                "key",
                "team",
                "repository",
                "branch",
                "plan",
                "started_at",
                "ended_at",
                "models",
                "source"));
    header.addAll(FigureJson.header(WITHOUT));
    header.addAll(
        List.of(
            "country",
            "city",
            "gateway_model_calls",
            "gateway_tokens",
            "gateway_charge_nano_usd",
            "difference_tokens",
            "difference_nano_usd"));
    return header;
  }

  /** Cells in the order of {@link #csvHeader}. */
  static List<Object> cells(SessionRow row, PersonNames people) {
    SessionFacts facts = row.facts();
    List<Object> cells =
        new ArrayList<>(
            List.of(
                facts.session(),
                facts.agent(),
                facts.clientVersion(),
                row.person() == 0 ? "" : Long.toString(row.person()),
                people.of(row.person()),
                row.key().value(),
                facts.team(),
                facts.repository(),
                facts.branch(),
                facts.plan(),
                time(row.startedAtMillis()),
                time(row.endedAtMillis()),
                String.join(" ", row.models()),
                row.source().name().toLowerCase(Locale.ROOT)));
    cells.addAll(FigureJson.cells(row.figures(), WITHOUT));
    cells.add(row.place().map(place -> place.country()).orElse(""));
    cells.add(row.place().map(place -> place.city()).orElse(""));
    if (row.gateway().isEmpty()) {
      cells.addAll(List.of("", "", "", "", ""));
      return cells;
    }
    GatewaySums gateway = row.gateway().get();
    Difference difference = Difference.of(row.figures(), gateway);
    cells.addAll(
        List.of(
            gateway.modelCalls(),
            gateway.usage().total(),
            gateway.chargeNanoUsd(),
            difference.tokens(),
            difference.nanoUsd()));
    return cells;
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
