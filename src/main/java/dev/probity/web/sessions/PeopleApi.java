package dev.probity.web.sessions;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.telemetry.sessions.People;
import dev.probity.telemetry.sessions.PersonRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/people}: who the reports are from, and how that is known. */
public final class PeopleApi {
  private final People people;

  public PeopleApi(People people) {
    this.people = people;
  }

  public Answer list(Call call) {
    Parameters query = call.query("format");
    List<PersonRow> rows = people.list(call.caller().organization());
    if (Csv.wanted(call, query)) {
      Csv csv = new Csv(List.of("id", "label", "known_by"));
      for (PersonRow row : rows) {
        csv.row(
            List.of(
                Long.toString(row.id()),
                row.label(),
                row.ties().stream()
                    .map(tie -> lower(tie.basis()))
                    .collect(Collectors.joining(" "))));
      }
      return Answer.csv("people.csv", csv.toString());
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    for (PersonRow row : rows) {
      ObjectNode json =
          items.addObject().put("id", Long.toString(row.id())).put("label", row.label());
      ArrayNode ties = json.putArray("known_by");
      for (PersonRow.Tie tie : row.ties()) {
        ties.addObject()
            .put("basis", lower(tie.basis()))
            .put("value", tie.value())
            .put("first_seen_at", SessionJson.time(tie.firstSeenMillis()));
      }
    }
    return Answer.json(root.putNull("next"));
  }

  private static String lower(PersonRow.Basis basis) {
    return basis.name().toLowerCase(Locale.ROOT);
  }
}
