package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.http.Json;
import dev.probity.http.Route;
import dev.probity.telemetry.office.Crew;
import dev.probity.testing.HttpCalls;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Keeps the API's description true: every route is described, and answers as described. */
class OpenApiTest {
  private final TestPlane plane = TestPlane.full();
  private final HttpCalls owner = plane.owner();
  private final JsonNode document = Json.lenient(plane.anonymous().get("/api/openapi.json").body());

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void document_describesEveryRouteAndNoOther() {
    TreeSet<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    List<String> served =
        plane.server.routes().stream()
            .filter(route -> route.path().startsWith("/api/"))
            .map(route -> route.method() + " " + route.path())
            .sorted()
            .toList();

    assertThat(described).containsExactlyElementsOf(served);
  }

  @Test
  void document_saysWhichRoutesNeedNobody() {
    for (Route route : plane.server.routes()) {
      if (route.path().startsWith("/api/")) {
        boolean open = operation(route.method(), route.path()).path("security").isArray();
        assertThat(open)
            .as(route.path())
            .isEqualTo(route.permission() == dev.probity.http.Permission.ANYONE);
      }
    }
  }

  @Test
  void everyReference_leadsSomewhere() {
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
  }

  @Test
  void answers_areAsDescribed() {
    String exchange = plane.newest(1).getFirst().id().toString();
    HttpResponse<String> created = owner.post("/api/keys", "{\"name\":\"x\",\"role\":\"owner\"}");
    String id = Json.lenient(created.body()).path("id").asString();

    fits("POST", "/api/keys", created, 201);
    fits("GET", "/api/keys", owner.get("/api/keys?limit=2"), 200);
    fits("DELETE", "/api/keys/{id}", owner.send("DELETE", "/api/keys/" + id, ""), 204);
    fits("GET", "/api/keys", owner.get("/api/keys"), 200);
    fits("GET", "/api/exchanges", owner.get("/api/exchanges?limit=1000"), 200);
    fits("GET", "/api/exchanges/{id}", owner.get("/api/exchanges/" + exchange), 200);
    for (String group : List.of("model", "key", "provider", "day", "hour")) {
      fits("GET", "/api/usage", owner.get("/api/usage?group_by=" + group), 200);
    }
    for (String group :
        List.of(
            "agent", "model", "person", "team", "repository", "branch", "plan", "day", "hour")) {
      String path = "/api/usage?source=telemetry&group_by=" + group;
      fits("GET", "/api/usage", owner.get(path), 200);
    }
    fits("POST", "/api/reprice", owner.post("/api/reprice", "{}"), 200);
    fits("GET", "/api/models", owner.get("/api/models"), 200);
    fits("GET", "/api/sessions", owner.get("/api/sessions?limit=1000"), 200);
    for (int i = 0; i < 6; i++) {
      String session = plane.telemetry.sessions.get(i).facts().session();
      fits("GET", "/api/sessions/{id}", owner.get("/api/sessions/" + session), 200);
    }
    fits("GET", "/api/people", owner.get("/api/people"), 200);
    fits("GET", "/api/routing", owner.get("/api/routing"), 200);
    fits("GET", "/api/telemetry/health", owner.get("/api/telemetry/health"), 200);
    SamplePlaces.addTo(plane.telemetry, plane.clock.millis());
    fits("GET", "/api/places", owner.get("/api/places"), 200);
    seatSomebody();
    fits("GET", "/api/office", owner.get("/api/office"), 200);
    long now = plane.clock.millis();
    String hour = "/api/office/replay?from=" + (now - 3_600_000) + "&to=" + now;
    fits("GET", "/api/office/replay", owner.get(hour), 200);
    fits("POST", "/api/sign-in-links", owner.post("/api/sign-in-links", "{}"), 201);
  }

  @Test
  void refusals_areAsDescribed() {
    HttpCalls nobody = plane.anonymous();
    HttpCalls member =
        nobody.with(
            "x-api-key", plane.create("member", dev.probity.kernel.Role.MEMBER).key().reveal());

    for (Route route : plane.server.routes()) {
      if (route.path().startsWith("/api/") && !route.path().equals("/api/openapi.json")) {
        String path = route.path().replace("{id}", "none");
        fits(route.method(), route.path(), nobody.send(route.method(), path, ""), 401);
        fits(route.method(), route.path(), member.send(route.method(), path, ""), 403);
      }
    }
    fits("POST", "/api/keys", owner.post("/api/keys", "{}"), 400);
    fits("POST", "/api/keys", owner.post("/api/keys", "{\"name\":\"x\",\"colour\":1}"), 400);
    fits("POST", "/api/keys", owner.send("POST", "/api/keys", "{}"), 415);
    fits("POST", "/api/keys", owner.post("/api/keys", "x".repeat(1_100_000)), 413);
    fits("GET", "/api/keys", owner.get("/api/keys?cursor=x"), 400);
    fits("DELETE", "/api/keys/{id}", owner.send("DELETE", "/api/keys/none", ""), 404);
    fits("GET", "/api/exchanges", owner.get("/api/exchanges?limit=0"), 400);
    fits("GET", "/api/exchanges/{id}", owner.get("/api/exchanges/none"), 404);
    fits("GET", "/api/usage", owner.get("/api/usage?group_by=colour"), 400);
    fits("GET", "/api/usage", owner.get("/api/usage?team=red"), 400);
    fits("POST", "/api/reprice", owner.post("/api/reprice", "{\"from\":\"today\"}"), 400);
    fits("POST", "/api/reprice", owner.post("/api/reprice", "{\"dry\":true}"), 400);
    fits("POST", "/api/reprice", owner.send("POST", "/api/reprice", "{}"), 415);
    fits("POST", "/api/reprice", owner.post("/api/reprice", "x".repeat(1_100_000)), 413);
    fits("GET", "/api/models", owner.get("/api/models?colour=1"), 400);
    fits("GET", "/api/sessions", owner.get("/api/sessions?person=ada"), 400);
    fits("GET", "/api/sessions/{id}", owner.get("/api/sessions/none"), 404);
    fits("GET", "/api/sessions/{id}", owner.get("/api/sessions/none?limit=0"), 400);
    fits("GET", "/api/people", owner.get("/api/people?colour=1"), 400);
    fits("GET", "/api/routing", owner.get("/api/routing?colour=1"), 400);
    fits("GET", "/api/telemetry/health", owner.get("/api/telemetry/health?colour=1"), 400);
    fits("GET", "/api/places", owner.get("/api/places?from=2&to=1"), 400);
    fits("GET", "/api/office", owner.get("/api/office?format=xml"), 400);
    for (String times : List.of("", "?from=1", "?from=2&to=1", "?from=0&to=7200001")) {
      fits("GET", "/api/office/replay", owner.get("/api/office/replay" + times), 400);
    }
  }

  @Test
  void everyParameter_isKnownToItsRoute() {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (JsonNode parameter : path.getValue().path("get").path("parameters")) {
        if (parameter.path("in").asString().equals("query")) {
          String name = parameter.path("name").asString();
          String at = path.getKey().replace("{id}", "none");
          String body = owner.get(at + "?" + name + "=%00").body();
          assertThat(body).as(path.getKey() + " " + name).doesNotContain("unknown_parameter");
        }
      }
    }
  }

  private void seatSomebody() {
    Crew crew = new Crew(1, 12, plane.clock.millis() - 3_000_000);
    crew.until(plane.clock.millis())
        .forEach(stored -> plane.telemetry.reports.add(stored.report()));
    plane.telemetry.sessions.addAll(crew.rows());
  }

  private void fits(String method, String path, HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode())
        .as(method + " " + path + ": " + answer.body())
        .isEqualTo(status);
    JsonNode described = operation(method, path).path("responses").path(Integer.toString(status));
    assertThat(described.isMissingNode()).as(method + " " + path + " " + status).isFalse();
    JsonNode schema = described.path("content").path("application/json").path("schema");
    List<String> problems = new ArrayList<>();
    if (schema.isMissingNode()) {
      assertThat(answer.body()).isEmpty();
    } else {
      problems.addAll(SchemaCheck.problems(document, schema, Json.lenient(answer.body())));
    }
    assertThat(problems).as(method + " " + path).isEmpty();
  }

  private JsonNode operation(String method, String path) {
    return document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }
}
