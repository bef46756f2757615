package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.http.Json;
import dev.probity.kernel.Role;
import dev.probity.testing.HttpCalls;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlApiTest {
  private final TestPlane plane = TestPlane.full();
  private final HttpCalls owner = plane.owner();

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void key_livesFromItsCreationToItsRevocation() {
    plane.clock.advance(Duration.ofSeconds(1));
    HttpResponse<String> created = owner.post("/api/keys", "{\"name\":\" CI \"}");
    JsonNode key = Json.lenient(created.body());
    String id = key.path("id").asString();

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(key.path("name").asString()).isEqualTo("CI");
    assertThat(key.path("role").asString()).isEqualTo("member");
    assertThat(plane.ring.authenticate(key.path("key").asString())).isPresent();
    JsonNode listed = json("/api/keys?limit=1").path("items").path(0);
    assertThat(listed.path("preview")).isEqualTo(key.path("preview"));
    assertThat(listed.has("key")).isFalse();

    assertThat(owner.send("DELETE", "/api/keys/" + id, "").statusCode()).isEqualTo(204);
    assertThat(owner.send("DELETE", "/api/keys/" + id, "").statusCode()).isEqualTo(204);
    assertThat(plane.ring.authenticate(key.path("key").asString())).isEmpty();
    assertThat(json("/api/keys").path("items").path(0).path("revoked_at").isNull()).isFalse();
  }

  @Test
  void ownerKey_mayAdministerAndStopsWhenRevoked() {
    var created = plane.create("automation", Role.OWNER);
    HttpCalls automation = plane.anonymous().with("x-api-key", created.key().reveal());

    assertThat(automation.get("/api/keys").statusCode()).isEqualTo(200);
    owner.send("DELETE", "/api/keys/" + created.record().id().value(), "");
    assertThat(automation.get("/api/keys").statusCode()).isEqualTo(401);
  }

  @Test
  void badKeys_areRefusedWithTheField() {
    assertThat(owner.post("/api/keys", "{}").body()).contains("invalid_name");
    assertThat(owner.post("/api/keys", "{\"name\":\"\"}").body()).contains("1 to 100 characters");
    assertThat(owner.post("/api/keys", "{\"name\":\"a\",\"role\":\"boss\"}").body())
        .contains("invalid_role");
    assertThat(owner.send("DELETE", "/api/keys/nobodys", "").statusCode()).isEqualTo(404);
  }

  @Test
  void exchange_isWrittenAsTheContractSays() {
    Exchange exchange = firstWith("overloaded");
    JsonNode json = json("/api/exchanges/" + exchange.id());

    assertThat(json.propertyNames())
        .containsExactly(
            "id",
            "started_at",
            "requested_model",
            "resolved_model",
            "provider",
            "deployment",
            "dialect",
            "operation",
            "status",
            "outcome",
            "error",
            "usage",
            "usage_source",
            "charge_nano_usd",
            "unpriced",
            "price_version",
            "latency_ms",
            "ttft_ms",
            "stream",
            "trail",
            "session_id",
            "key",
            "request_bytes",
            "response_bytes",
            "provider_request_id",
            "explanation");
    assertThat(json.path("explanation").path(0).asString()).startsWith("Asked for ");
    assertThat(json.path("usage").propertyNames())
        .containsExactly(
            "uncached_input",
            "cache_read",
            "cache_write_5m",
            "cache_write_1h",
            "output_text",
            "output_reasoning",
            "tool_prompt");
    assertThat(json.path("trail").path("attempts").path(0).path("status").asInt()).isEqualTo(529);
    assertThat(json.path("usage_source").asString()).isIn("provider", "drained");
    assertThat(Instant.parse(json.path("started_at").asString()).toEpochMilli())
        .isEqualTo(exchange.startedAtMillis());
    assertThat(json.path("charge_nano_usd").asLong()).isEqualTo(exchange.charge().nanoUsd());
  }

  @Test
  void exchanges_arePagedWithoutLossOrRepetition() {
    List<String> ids = new ArrayList<>();
    String path = "/api/exchanges?limit=170";
    while (!path.isEmpty()) {
      JsonNode page = json(path);
      page.path("items").forEach(item -> ids.add(item.path("id").asString()));
      path =
          page.path("next").isNull()
              ? ""
              : "/api/exchanges?limit=170&cursor=" + page.path("next").asString();
    }

    assertThat(ids).hasSize(900).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(new HashSet<>(ids)).hasSize(900);
    assertThat(json("/api/exchanges").path("items").size()).isEqualTo(50);
  }

  @Test
  void filters_narrowTheList() {
    Exchange one = plane.newest(1).getFirst();

    assertThat(all("model=gpt-6.1", "requested_model")).containsOnly("gpt-6.1");
    assertThat(all("outcome=refused", "outcome")).containsOnly("refused");
    assertThat(all("key=" + one.key().value(), "key")).containsOnly(one.key().value());
    assertThat(all("model=nothing", "id")).isEmpty();
    Exchange withSession = firstWith("claude");
    String session = withSession.sessionId().orElseThrow();
    assertThat(all("session=" + session, "session_id")).containsOnly(session);
  }

  @Test
  void times_areInstantsOrMillis() {
    long from = plane.clock.millis() - Duration.ofDays(2).toMillis();
    long to = plane.clock.millis() - Duration.ofDays(1).toMillis();
    List<String> byMillis = all("from=" + from + "&to=" + to, "id");
    String asText = Instant.ofEpochMilli(from).toString();
    String withOffset =
        Instant.ofEpochMilli(to).atOffset(java.time.ZoneOffset.ofHours(2)).toString();

    assertThat(byMillis).isNotEmpty().hasSizeLessThan(100);
    assertThat(all("from=" + asText + "&to=" + withOffset, "id")).isEqualTo(byMillis);
    assertThat(all("from=" + asText + "&to=" + encoded(withOffset), "id")).isEqualTo(byMillis);
  }

  @Test
  void wrongParameters_areNamedWithWhatIsExpected() {
    for (String[] expected :
        new String[][] {
          {"limit=0", "limit", "1 to 1000"},
          {"limit=1001", "limit", "1 to 1000"},
          {"limit=many", "limit", "whole number"},
          {"from=yesterday", "from", "2026-11-20T15:00:00Z"},
          {"to=99999999999999999999", "to", "milliseconds"},
          {"outcome=fine", "outcome", "completed, refused"},
          {"cursor=%00", "cursor", "next"},
          {"format=xml", "format", "json, csv"},
          {"limit=1&limit=2", "limit", "once"},
          {"modle=x", "modle", "Known: limit, cursor, model"},
        }) {
      HttpResponse<String> answer = owner.get("/api/exchanges?" + expected[0]);
      assertThat(answer.statusCode()).as(expected[0]).isEqualTo(400);
      assertThat(Json.lenient(answer.body()).path("error").path("message").asString())
          .contains("\"" + expected[1] + "\"", expected[2]);
    }
  }

  @Test
  void lists_areCsvToo() {
    List<String> lines = owner.get("/api/exchanges?limit=3&format=csv").body().lines().toList();

    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).startsWith("id,started_at,requested_model,resolved_model");
    assertThat(lines.get(1).split(",", -1)).hasSameSizeAs(lines.getFirst().split(",", -1));
    HttpResponse<String> keys = owner.with("accept", "text/csv").get("/api/keys");
    assertThat(keys.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
    assertThat(keys.body()).contains("\"support chat, production, eu-central\"");
    assertThat(owner.get("/api/usage?group_by=day&format=csv").body()).startsWith("day,exchanges");
    assertThat(owner.get("/api/models?format=csv").body())
        .contains("gemini-3.5-pro,standard,200000,4");
  }

  @Test
  void csv_holdsNoFormulas() {
    plane.create("=HYPERLINK(\"http://evil.example\")", Role.MEMBER);

    assertThat(owner.get("/api/keys?format=csv").body()).contains("\"'=HYPERLINK");
  }

  @Test
  void usage_sumsToTheSameWhateverItIsGroupedBy() {
    long charge = 0;
    for (Exchange exchange : plane.newest(1_000)) {
      charge += exchange.charge().nanoUsd();
    }
    for (String group : List.of("model", "key", "provider", "day", "hour")) {
      long sum = 0;
      long exchanges = 0;
      for (JsonNode row : json("/api/usage?group_by=" + group).path("items")) {
        sum += row.path("charge_nano_usd").asLong();
        exchanges += row.path("exchanges").asLong();
        assertThat(row.path(group)).isEqualTo(row.path("group"));
      }
      assertThat(sum).as(group).isEqualTo(charge);
      assertThat(exchanges).isEqualTo(900);
    }
  }

  @Test
  void signInLink_isMadeForAnOwner() {
    JsonNode link = Json.lenient(owner.post("/api/sign-in-links", "").body());
    String url = link.path("url").asString();

    assertThat(url).startsWith("http://127.0.0.1:" + plane.server.port() + "/sign-in/");
    String path = url.substring(url.indexOf("/sign-in/"));
    HttpResponse<String> head = plane.anonymous().send("HEAD", path, "");
    assertThat(head.statusCode()).isEqualTo(200);
    HttpResponse<String> used = plane.anonymous().get(path);
    assertThat(used.statusCode()).isEqualTo(303);
    assertThat(used.headers().firstValue("set-cookie").orElse(""))
        .startsWith("probity=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    HttpResponse<String> again = plane.anonymous().get(path);
    assertThat(again.statusCode()).isEqualTo(410);
    assertThat(again.body()).contains("was used or is too old", "/api/sign-in-links");
  }

  @Test
  void sessionOverHttps_isInAHostCookie() {
    HttpResponse<String> answer =
        plane.anonymous().with("x-forwarded-proto", "https").get(plane.signInPath());

    assertThat(answer.headers().firstValue("set-cookie").orElse(""))
        .startsWith("__Host-probity=")
        .contains("Secure");
  }

  @Test
  void signOut_endsTheSessionNotOnlyTheCookie() {
    HttpCalls signedIn = signedIn();
    assertThat(signedIn.get("/").statusCode()).isEqualTo(200);

    HttpResponse<String> out =
        signedIn.with("sec-fetch-site", "same-origin").postForm("/sign-out", "");

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("set-cookie").orElse("")).contains("Max-Age=0");
    assertThat(signedIn.get("/").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherSite_canNotActForASignedInPerson() {
    HttpCalls signedIn = signedIn();

    for (String path : List.of("/keys", "/sign-out", "/api/keys")) {
      assertThat(
              signedIn.with("sec-fetch-site", "cross-site").postForm(path, "name=x").statusCode())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(signedIn.get("/").statusCode()).isEqualTo(200);
  }

  private HttpCalls signedIn() {
    String cookie =
        plane.anonymous().get(plane.signInPath()).headers().firstValue("set-cookie").orElseThrow();
    return plane.anonymous().with("cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  private Exchange firstWith(String trail) {
    return plane.newest(1_000).stream()
        .filter(exchange -> exchange.trail().contains(trail))
        .findFirst()
        .orElseThrow();
  }

  private List<String> all(String filter, String field) {
    List<String> values = new ArrayList<>();
    json("/api/exchanges?limit=1000&" + filter)
        .path("items")
        .forEach(item -> values.add(item.path(field).asString()));
    return values;
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = owner.get(path);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return Json.lenient(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
