package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.http.Json;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.testing.HttpCalls;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionsApiTest {
  private final TestPlane plane = TestPlane.full();
  private final HttpCalls owner = plane.owner();

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void sessions_arePagedWithoutLossOrRepetition() {
    List<String> ids = new ArrayList<>();
    String path = "/api/sessions?limit=40";
    while (!path.isEmpty()) {
      JsonNode page = json(path);
      page.path("items").forEach(item -> ids.add(item.path("id").asString()));
      String next = page.path("next").asString("");
      path = next.isEmpty() ? "" : "/api/sessions?limit=40&cursor=" + next;
    }

    assertThat(ids).hasSize(150);
    assertThat(new HashSet<>(ids)).hasSize(150);
  }

  @Test
  void filters_narrowTheList() {
    SessionRow one = plane.telemetry.sessions.getFirst();

    assertThat(all("agent=codex", "agent")).isNotEmpty().containsOnly("codex");
    assertThat(all("team=payments", "team")).isNotEmpty().containsOnly("payments");
    assertThat(all("repository=acme/ledger", "repository")).containsOnly("acme/ledger");
    assertThat(all("branch=main&agent=gemini-cli", "branch")).containsOnly("main");
    for (JsonNode item : json("/api/sessions?person=" + one.person()).path("items")) {
      assertThat(item.path("person").path("id").asString()).isEqualTo("" + one.person());
    }
    assertThat(all("model=nothing", "id")).isEmpty();
    assertThat(all("to=" + one.startedAtMillis(), "id")).doesNotContain(one.facts().session());
  }

  @Test
  void session_saysWhatAgentAndGatewayHaveAndTheDifference() {
    SessionRow seen =
        plane.telemetry.sessions.stream()
            .filter(row -> row.gateway().filter(g -> g.modelCalls() > 1).isPresent())
            .filter(row -> !row.facts().agent().equals("qwen-code"))
            .findFirst()
            .orElseThrow();
    JsonNode json = json("/api/sessions/" + seen.facts().session());

    long said = seen.figures().get(Figure.CHARGE_NANO_USD);
    long measured = seen.gateway().orElseThrow().chargeNanoUsd();
    assertThat(json.path("charge_nano_usd").asLong()).isEqualTo(said);
    assertThat(json.path("gateway").path("charge_nano_usd").asLong()).isEqualTo(measured);
    assertThat(json.path("difference").path("nano_usd").asLong()).isEqualTo(said - measured);
    assertThat(json.path("usage").path("total").asLong()).isEqualTo(seen.figures().usage().total());
    assertThat(json.path("waited_ms").isIntegralNumber()).isTrue();
    assertThat(json.path("events").size()).isEqualTo(plane.telemetry.events.get(seen.ref()).size());
  }

  @Test
  void events_areBoundedAndSaySo() {
    String id = plane.telemetry.sessions.get(1).facts().session();
    JsonNode few = json("/api/sessions/" + id + "?limit=3");

    assertThat(few.path("events").size()).isEqualTo(3);
    assertThat(few.path("more_events").asBoolean()).isTrue();
    assertThat(json("/api/sessions/" + id).path("more_events").asBoolean()).isFalse();
    List<String> lines =
        owner.get("/api/sessions/" + id + "?format=csv&limit=3").body().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).startsWith("time,kind,name,signal,model,uncached_input");
    assertThat(lines.get(1).split(",", -1)).hasSameSizeAs(lines.getFirst().split(",", -1));
  }

  @Test
  void modelCall_isJoinedWithTheExchangeThatTheGatewaySaw() {
    SessionRow session = plane.telemetry.sessions.getFirst();
    AgentEvent call =
        plane.telemetry.events.get(session.ref()).stream()
            .filter(event -> event.kind() == EventKind.MODEL_CALL)
            .findFirst()
            .orElseThrow();
    Exchange exchange = plane.exchangeOf(session.facts().session(), call.requestId());

    JsonNode json = json("/api/sessions/" + session.facts().session());

    assertThat(json.path("exchanges").path(0).path("id").asString())
        .isEqualTo(exchange.id().toString());
    List<String> joined = new ArrayList<>();
    json.path("events")
        .forEach(event -> {
          if (!event.path("exchange").isNull()) {
            joined.add(event.path("request_id").asString());
          }
        });
    assertThat(joined).containsExactly(call.requestId());
  }

  @Test
  void sameIdOfSeveralAgents_isDecidedByTheAgent() {
    SessionRow first = plane.telemetry.sessions.get(5);
    plane.telemetry.sessions.add(ofAgent(first, "another", first.startedAtMillis() + 1));
    String path = "/api/sessions/" + first.facts().session();

    assertThat(json(path).path("agent").asString()).isEqualTo("another");
    assertThat(json(path + "?agent=" + first.facts().agent()).path("agent").asString())
        .isEqualTo(first.facts().agent());
    assertThat(owner.get(path + "?agent=nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void usage_sumsToTheSameWhateverItIsGroupedBy() {
    List<Long> charges = new ArrayList<>();
    for (String group : List.of("agent", "model", "person", "team", "branch", "day", "hour")) {
      long sum = 0;
      for (JsonNode row : json(telemetry(group, "")).path("items")) {
        sum += row.path("charge_nano_usd").asLong();
        assertThat(row.path(group)).isEqualTo(row.path("group"));
      }
      charges.add(sum);
    }
    assertThat(charges.getFirst()).isPositive();
    assertThat(new HashSet<>(charges)).hasSize(1);

    long codex = 0;
    for (JsonNode row : json(telemetry("day", "&agent=codex")).path("items")) {
      codex += row.path("charge_nano_usd").asLong();
    }
    assertThat(codex).isBetween(1L, charges.getFirst() - 1);
  }

  @Test
  void usageOfPeople_isLabelled() {
    JsonNode row = json(telemetry("person", "")).path("items").path(0);

    assertThat(row.path("label").asString()).isNotEmpty();
    assertThat(owner.get(telemetry("person", "&format=csv")).body())
        .startsWith("person,label,sessions,prompts");
  }

  @Test
  void health_saysWhoIsSilentAndWhatHasNoPrice() {
    JsonNode health = json("/api/telemetry/health");

    assertThat(health.path("items").size()).isEqualTo(plane.telemetry.health.size());
    assertThat(health.path("items").path(0).path("silent_for_ms").asLong()).isEqualTo(240_000);
    assertThat(health.path("unpriced_models").path(0).path("model").asString())
        .isEqualTo("qwen-coder-next");
    assertThat(health.path("intake").path("captures_text").asBoolean()).isFalse();
    assertThat(owner.get("/api/telemetry/health?format=csv").body())
        .startsWith("key,agent,client_version,signal,first_seen_at");
  }

  @Test
  void lists_areCsvToo() {
    List<String> lines = owner.get("/api/sessions?limit=3&format=csv").body().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1).split(",", -1)).hasSameSizeAs(lines.getFirst().split(",", -1));
    assertThat(owner.get("/api/people?format=csv").body()).contains("Ada Lovelace,key install");
  }

  @Test
  void key_isIssuedForAPerson() {
    HttpResponse<String> created =
        owner.post("/api/keys", "{\"name\":\"laptop\",\"person\":\" Ada \"}");
    JsonNode key = Json.lenient(created.body());

    assertThat(key.path("person").asString()).isEqualTo("Ada");
    dev.probity.kernel.KeyId id = new dev.probity.kernel.KeyId(key.path("id").asString());
    assertThat(plane.ring.personOf(id)).contains("Ada");
    assertThat(plane.ring.nameOf(id)).contains("laptop");
    assertThat(plane.keys.find(OrganizationId.FIRST, id).orElseThrow().person()).contains("Ada");
    owner.send("DELETE", "/api/keys/" + id.value(), "");
    assertThat(plane.ring.personOf(id)).isEmpty();
    assertThat(
            owner
                .post("/api/keys", "{\"name\":\"x\",\"person\":\"" + "y".repeat(101) + "\"}")
                .body())
        .contains("invalid_person");
    JsonNode shared = Json.lenient(owner.post("/api/keys", "{\"name\":\"x\"}").body());
    assertThat(shared.path("person").isNull()).isTrue();
  }

  private static SessionRow ofAgent(SessionRow row, String agent, long startedAt) {
    SessionFacts facts = row.facts();
    SessionFacts changed =
        new SessionFacts(agent, facts.session(), "1", "", "", "", "", "", "", "", "", "", "", "");
    return new SessionRow(
        row.ref() + 10_000,
        row.organization(),
        changed,
        0,
        row.key(),
        startedAt,
        startedAt,
        List.of(),
        row.source(),
        row.figures(),
        Optional.empty(),
        Optional.empty());
  }

  private String telemetry(String group, String more) {
    long from = plane.clock.millis() - 60L * 86_400_000;
    return "/api/usage?source=telemetry&group_by=" + group + "&from=" + from + more;
  }

  private List<String> all(String filter, String field) {
    List<String> values = new ArrayList<>();
    json("/api/sessions?limit=1000&" + filter)
        .path("items")
        .forEach(item -> values.add(item.path(field).asString()));
    return values;
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = owner.get(path);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return Json.lenient(answer.body());
  }
}
