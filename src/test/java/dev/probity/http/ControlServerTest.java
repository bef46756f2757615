package dev.probity.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.testing.HttpCalls;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlServerTest {
  private static final AtomicInteger CHANGES = new AtomicInteger();

  private final ControlServer server =
      ControlServer.start(
          List.of(
              Route.get("/open/{name}", Permission.ANYONE, ControlServerTest::echo),
              Route.get("/open/fixed", Permission.ANYONE, call -> Answer.empty(204)),
              Route.get("/boom", Permission.ANYONE, ControlServerTest::boom),
              Route.post("/things", Permission.ADMINISTER, ControlServerTest::change),
              Route.get(
                  "/events", Permission.ANYONE, call -> Answer.events(ControlServerTest::say)),
              new StaticFiles("/http", List.of("sample.css")).route()),
          new Sample(),
          (call, refusal) -> Answer.html(refusal.status(), "<h1>no</h1>".getBytes(UTF_8)),
          new SecureRandom());
  private final HttpCalls calls =
      new HttpCalls(
          server.port(),
          Map.of(
              ControlServer.DOOR_HEADER,
              server.doorSecret().reveal(),
              "x-forwarded-host",
              "ai.example.org",
              "x-forwarded-proto",
              "https"));

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestWithoutTheDoorsSecret_isRefused() {
    HttpCalls bare = new HttpCalls(server.port(), Map.of());

    assertThat(bare.get("/open/a").statusCode()).isEqualTo(403);
    assertThat(bare.with(ControlServer.DOOR_HEADER, "guess").get("/open/a").body())
        .contains("not_through_the_door");
  }

  @Test
  void answer_carriesTheSecurityHeaders() {
    HttpResponse<String> answer = calls.get("/open/a");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-security-policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(header(answer, "strict-transport-security")).startsWith("max-age=");
    assertThat(header(answer, "cache-control")).isEqualTo("no-store");
    assertThat(
            calls
                .with("x-forwarded-proto", "http")
                .get("/open/a")
                .headers()
                .firstValue("strict-transport-security"))
        .isEmpty();
  }

  @Test
  void pathParameter_isDecodedAndLiteralsWin() {
    assertThat(calls.get("/open/a%2Fb+c").body()).contains("\"name\":\"a/b+c\"");
    assertThat(calls.get("/open/fixed").statusCode()).isEqualTo(204);
    assertThat(calls.get("/open/a?q=x%20y").body()).contains("\"q\":\"x y\"");
  }

  @Test
  void unknownPath_isNotFoundAsJsonOrPage() {
    assertThat(calls.get("/nowhere").body()).contains("{\"error\":{\"code\":\"not_found\"");
    HttpResponse<String> page = calls.with("accept", "text/html").get("/nowhere");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).isEqualTo("<h1>no</h1>");
    assertThat(calls.with("accept", "text/html").get("/api/nowhere").body()).startsWith("{");
  }

  @Test
  void wrongMethod_saysWhichAreRight() {
    HttpResponse<String> answer = calls.send("DELETE", "/open/a", "");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void head_hasTheLengthButNoBody() {
    HttpResponse<String> answer = calls.send("HEAD", "/open/abc", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "content-length"))
        .isEqualTo(Integer.toString(calls.get("/open/abc").body().length()));
  }

  @Test
  void unexpectedError_isAnIdAndNothingMore() {
    HttpResponse<String> answer = calls.get("/boom");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("internal_error").doesNotContain("secret detail");
  }

  @Test
  void route_needsItsPermission() {
    assertThat(calls.post("/things", "{}").statusCode()).isEqualTo(401);
    assertThat(calls.with("x-api-key", "wrong").post("/things", "{}").body())
        .contains("invalid_key");
    HttpResponse<String> member = calls.with("x-api-key", "member").post("/things", "{}");
    assertThat(member.statusCode()).isEqualTo(403);
    assertThat(member.body()).contains("owner_key_required");
    assertThat(calls.with("x-api-key", "owner").post("/things", "{\"size\":1}").statusCode())
        .isEqualTo(200);
    assertThat(
            calls
                .with("authorization", "bearer owner")
                .post("/things", "{\"size\":1}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void wrongKey_isNotSavedByASession() {
    HttpCalls both = calls.with("cookie", "__Host-probity=s", "x-api-key", "wrong");

    assertThat(both.post("/things", "{\"size\":1}").statusCode()).isEqualTo(401);
  }

  @Test
  void sessionsRequest_mustComeFromOwnPages() {
    HttpCalls signedIn = calls.with("cookie", "a=b; __Host-probity=s");
    String body = "{\"size\":1}";

    assertThat(signedIn.with("sec-fetch-site", "same-origin").post("/things", body).statusCode())
        .isEqualTo(200);
    assertThat(signedIn.with("sec-fetch-site", "none").post("/things", body).statusCode())
        .isEqualTo(200);
    assertThat(signedIn.with("origin", "https://ai.example.org").post("/things", body).statusCode())
        .isEqualTo(200);
    int before = CHANGES.get();
    for (HttpCalls foreign :
        List.of(
            signedIn,
            signedIn.with("sec-fetch-site", "cross-site"),
            signedIn.with("sec-fetch-site", "same-site"),
            signedIn.with("sec-fetch-site", "cross-site", "origin", "https://ai.example.org"),
            signedIn.with("origin", "null"),
            signedIn.with("origin", "http://ai.example.org"),
            signedIn.with("origin", "https://evil.example"))) {
      HttpResponse<String> answer = foreign.post("/things", body);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("cross_origin");
    }
    assertThat(CHANGES.get()).isEqualTo(before);
  }

  @Test
  void sessionCookie_belongsToItsScheme() {
    assertThat(
            calls
                .with("cookie", "probity=s", "sec-fetch-site", "none")
                .post("/things", "{\"size\":1}")
                .statusCode())
        .as("a cookie that any http page could have set")
        .isEqualTo(401);
  }

  @Test
  void badBodies_areRefusedWithWhatIsExpected() {
    HttpCalls owner = calls.with("x-api-key", "owner");

    assertThat(owner.post("/things", "{\"size\":").body()).contains("invalid_json", "line 1");
    assertThat(owner.post("/things", "{\"size\":1,\"colour\":2}").body())
        .contains("unknown_field", "colour", "Known: note, size");
    assertThat(owner.post("/things", "{\"size\":\"1\"}").body()).contains("size", "wrong type");
    assertThat(owner.post("/things", "{\"size\":1,\"size\":2}").body()).contains("invalid_json");
    assertThat(owner.post("/things", "{\"size\":1} x").body()).contains("invalid_json");
    assertThat(owner.post("/things", "[]").body()).contains("invalid_json");
    assertThat(owner.post("/things", "null").body()).contains("invalid_json");
    assertThat(owner.post("/things", "[".repeat(10_000)).body()).contains("invalid_json");
    assertThat(owner.send("POST", "/things", "{}").statusCode()).isEqualTo(415);
    HttpResponse<String> large =
        owner.post("/things", "{\"size\":\"" + "x".repeat(1 << 20) + "\"}");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(owner.post("/things", "{\"size\":1}").statusCode()).isEqualTo(200);
  }

  @Test
  void badQueries_areRefusedByName() {
    assertThat(calls.get("/open/a?colour=1").body())
        .contains("unknown_parameter", "colour", "Known: q");
    assertThat(calls.get("/open/a?q=1&q=2").body()).contains("invalid_parameter", "once");
    assertThatThrownBy(() -> Decoding.percent("a%zz")).isInstanceOf(RefusedException.class);
  }

  @Test
  void hostThatIsNoHost_isNotRepeated() {
    String body = calls.with("x-forwarded-host", "a\"><script>").get("/open/a").body();

    assertThat(body).contains("https://localhost").doesNotContain("script");
    assertThat(calls.with("x-forwarded-host", "[::1]:8080").get("/open/a").body())
        .contains("https://[::1]:8080");
  }

  @Test
  void staticFile_isKeptForEverUnderItsHash() {
    String address = new StaticFiles("/http", List.of("sample.css")).address("sample.css");

    HttpResponse<String> pinned = calls.get(address);
    assertThat(pinned.body()).contains("body");
    assertThat(header(pinned, "content-type")).startsWith("text/css");
    assertThat(header(pinned, "cache-control")).contains("immutable");
    HttpResponse<String> plain = calls.get("/static/sample.css");
    assertThat(header(plain, "cache-control")).isEqualTo("no-cache");
    HttpResponse<String> again =
        calls.with("if-none-match", header(plain, "etag")).get("/static/sample.css");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(calls.get("/static/..%2F..%2Fapplication.properties").statusCode()).isEqualTo(404);
  }

  @Test
  void events_areSentAsTheyCome() {
    HttpResponse<String> answer = calls.get("/events");

    assertThat(header(answer, "content-type")).isEqualTo("text/event-stream");
    assertThat(answer.body())
        .isEqualTo(": ping\n\nevent: row\nid: 7\ndata: one\ndata: two\n\nevent: end\ndata: x\n\n");
  }

  @Test
  void twoRoutesOfOneShape_doNotStart() {
    List<Route> routes =
        List.of(
            Route.get("/a/{b}", Permission.ANYONE, call -> Answer.empty(204)),
            Route.get("/a/{c}", Permission.ANYONE, call -> Answer.empty(204)));

    assertThatThrownBy(() -> new RouteTable(routes)).hasMessageContaining("two routes");
  }

  @Test
  @SuppressWarnings("NullAway") // That is the point.
  void routeWithoutPermission_doesNotStart() {
    assertThatThrownBy(() -> Route.get("/a", null, call -> Answer.empty(204)))
        .hasMessageContaining("no permission");
  }

  record Thing(int size, @Nullable String note) {}

  private static Answer echo(Call call) {
    return Answer.json(
        Json.object()
            .put("name", call.pathParameter("name"))
            .put("q", call.query("q").text("q").orElse(""))
            .put("origin", call.origin().toString()));
  }

  private static Answer boom(Call call) {
    throw new IllegalStateException("secret detail");
  }

  private static Answer change(Call call) {
    CHANGES.addAndGet(call.json(Thing.class).size());
    return Answer.json(Json.object());
  }

  private static void say(EventSink sink) {
    sink.send("row", "7", "one\ntwo");
    sink.send("end", "", "x");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("(none)");
  }

  private static final class Sample implements Authenticator {
    @Override
    public Optional<Caller> key(String presented) {
      return switch (presented) {
        case "owner" -> caller(Role.OWNER);
        case "member" -> caller(Role.MEMBER);
        default -> Optional.empty();
      };
    }

    @Override
    public Optional<Caller> session(String token) {
      return token.equals("s") ? caller(Role.OWNER) : Optional.empty();
    }

    private static Optional<Caller> caller(Role role) {
      return Optional.of(new Caller(OrganizationId.FIRST, new KeyId("k"), role));
    }
  }
}
