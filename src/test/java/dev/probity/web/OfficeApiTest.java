package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.http.Json;
import dev.probity.kernel.Role;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.office.Crew;
import dev.probity.telemetry.office.Said;
import dev.probity.testing.HttpCalls;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class OfficeApiTest {
  private static final SessionFacts FACTS =
      Said.facts("claude-code", "s/1 <x>", "Payments", "acme/app");

  private final TestPlane plane = TestPlane.empty();
  private final HttpCalls owner = plane.owner();
  private final long now = plane.clock.millis();

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void list_isWhoIsThere_inBothFormats() {
    plane.telemetry.people.addAll(Crew.people());
    owner.get("/api/office");
    say(
        Said.at(now - 9_000, EventKind.PROMPT),
        Said.called(now - 5_000, 700, 5_000),
        Said.decided(now - 5_000, "Edit", "c1", Result.ACCEPTED));
    JsonNode desk = firstDesk();

    assertThat(desk.path("id").asString()).isEqualTo("claude-code/s/1 <x>");
    assertThat(desk.path("person_label").asString()).isEqualTo("Ada's laptop");
    assertThat(desk.path("state").asString()).isEqualTo("editing");
    assertThat(desk.path("tool").asString()).isEqualTo("Edit");
    assertThat(desk.path("since").asString()).isEqualTo("2026-11-20T14:59:55Z");
    assertThat(desk.path("charge_nano_usd").asLong()).isEqualTo(5_000);

    List<String> csv = owner.get("/api/office?format=csv").body().lines().toList();
    assertThat(csv).hasSize(2);
    assertThat(csv.getFirst()).startsWith("id,agent,session,person,");
    assertThat(csv.getLast()).contains("Ada's laptop", ",editing,", ",5000,");
  }

  @Test
  void replay_tellsStepsFromItsBeginning() {
    plane.telemetry.reports.add(
        Said.report(
            FACTS,
            List.of(
                Said.at(now - 3_600_000, EventKind.PROMPT),
                Said.decided(now - 3_590_000, "Bash", "c1", Result.ACCEPTED))));

    String body = owner.get("/api/office/replay?from=" + (now - 3_600_000) + "&to=" + now).body();
    JsonNode steps = Json.lenient(body).path("items").path(0).path("steps");

    assertThat(steps.path(0).toString()).isEqualTo("[0,\"thinking\",\"\",0,0,0,0,0]");
    assertThat(steps.path(1).toString()).isEqualTo("[10000,\"shell\",\"Bash\",1,0,0,0,0]");
    assertThat(steps.path(2).toString()).startsWith("[310000,\"away\"");
    assertThat(steps.path(3).toString()).startsWith("[1810000,\"gone\"");
  }

  @Test
  void replay_isAtMostTwoHours() {
    assertThat(owner.get("/api/office/replay?from=0&to=7200000").statusCode()).isEqualTo(200);
    assertThat(owner.get("/api/office/replay?from=0&to=7200001").body())
        .contains("by two hours at most");
    assertThat(owner.get("/api/office/replay?from=9223372036854775807&to=1").statusCode())
        .isEqualTo(400);
  }

  @Test
  void membersKey_seesNothing() {
    HttpCalls member =
        plane.anonymous().with("x-api-key", plane.create("member", Role.MEMBER).key().reveal());
    for (String path : List.of("/office", "/office/live", "/api/office", "/api/office/replay")) {
      assertThat(member.get(path).statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void stream_tellsEveryone_thenChanges_thenWhoLeft() throws Exception {
    say(Said.at(now - 9_000, EventKind.PROMPT));
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = stream(client, "/office/live")) {
      assertThat(data(lines, "everyone").path("items")).isEmpty();

      say(Said.at(now - 9_000, EventKind.PROMPT));
      JsonNode change = data(lines, "change");
      assertThat(change.path("items").path(0).path("state").asString()).isEqualTo("thinking");
      assertThat(change.path("as_of").asString()).isEqualTo("2026-11-20T15:00:00Z");
      assertThat(change.path("gone")).isEmpty();

      say(Said.at(now, EventKind.SESSION_END));
      assertThat(data(lines, "change").path("gone").path(0).asString())
          .isEqualTo("claude-code/s/1 <x>");
    }
  }

  @Test
  void stream_tellsWhatChangesBySilence() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = stream(client, "/office/live")) {
      data(lines, "everyone");
      say(Said.at(now, EventKind.PROMPT));
      data(lines, "change");

      plane.clock.advance(Duration.ofMinutes(6));

      assertThat(data(lines, "change").path("items").path(0).path("state").asString())
          .isEqualTo("away");
    }
  }

  @Test
  void stream_endsAfterAWhile_soThatItsCallerIsLookedAtAgain() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = stream(client, "/office/live")) {
      data(lines, "everyone");
      plane.clock.advance(Duration.ofMinutes(11));
      while (lines.readLine() != null) {
        // To its end, which comes.
      }
    }
  }

  @Test
  void tablesStream_tellsRows() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = stream(client, "/office/live?view=table")) {
      readTo(lines, "event: rows");
      say(Said.at(now, EventKind.PROMPT));
      readTo(lines, "event: row");
      assertThat(lines.readLine())
          .startsWith("data: <tr data-desk=\"claude-code/s/1 &lt;x>\"")
          .contains("data-state=\"thinking\"");
      say(Said.at(now + 1, EventKind.SESSION_END));
      readTo(lines, "event: gone");
      assertThat(lines.readLine()).isEqualTo("data: claude-code/s/1 <x>");
    }
  }

  private void say(Said... said) {
    plane.reports.publish(List.of(Said.stored(FACTS, 1, List.of(said))));
  }

  /** What was published is seen a moment later. */
  private JsonNode firstDesk() {
    JsonNode items = Json.lenient(owner.get("/api/office").body()).path("items");
    while (items.isEmpty()) {
      items = Json.lenient(owner.get("/api/office").body()).path("items");
    }
    return items.path(0);
  }

  private BufferedReader stream(HttpClient client, String path) throws Exception {
    var answer = client.send(owner.request("GET", path, ""), BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode data(BufferedReader lines, String event) throws Exception {
    readTo(lines, "event: " + event);
    return Json.lenient(lines.readLine().substring("data: ".length()));
  }

  private static void readTo(BufferedReader lines, String wanted) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.equals(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo(wanted);
  }
}
