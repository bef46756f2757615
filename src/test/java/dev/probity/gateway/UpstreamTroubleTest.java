package dev.probity.gateway;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upstreams that fail before their answer began: the next one is tried, or the client is told in
 * its own format.
 */
class UpstreamTroubleTest {
  private static final String OK =
      "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";
  private static final String BODY = "{\"model\":\"gpt-5.5\",\"messages\":[]}";

  private static String post() {
    return RawHttp.post("/v1/chat/completions", KEY, BODY);
  }

  private static URI nobodyListens() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not http at all\r\n\r\n",
        "HTTP/1.1 banana\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "",
        "HTTP/1.1 200"
      })
  void garbageOrNothing_isABadGateway_inTheCallersFormat_withARow(String answer) throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
              out.flush();
              return false;
            });
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.status()).isEqualTo(502);
      assertThat(seen.body()).contains("\"error\"", "\"message\"");
      assertThat(seen.headers()).containsKeys("x-probity-exchange", "x-probity-route");
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
      assertThat(row.usageSource()).isEqualTo(UsageSource.NONE);
      assertThat(row.charge().nanoUsd()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504, 529})
  void overloadOrFault_movesOnToTheNextDeployment_withItsOwnCredential(int status)
      throws Exception {
    try (ScriptedUpstream bad =
            ScriptedUpstream.always(json(status, "{\"error\":{\"message\":\"busy\"}}"));
        ScriptedUpstream good = ScriptedUpstream.always(json(200, OK));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("bad", Provider.OPENAI, bad.url().resolve("/v1"))
                .deployment("good", Provider.AZURE_OPENAI, good.url())
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.body()).isEqualTo(OK);
      assertThat(seen.headers()).containsEntry("x-probity-route", "bad:" + status + ",good");
      assertThat(good.requests().getFirst())
          .contains("api-key: provider-key-of-good")
          .doesNotContain("provider-key-of-bad");
      Exchange row = gateway.exchange();
      assertThat(row.deployment()).isEqualTo("good");
      assertThat(row.trail()).contains("\"status\":" + status, "\"status\":200");
    }
  }

  @Test
  void simulatedProvidersSecret_doesNotTravelToTheNextDeployment() throws Exception {
    try (ScriptedUpstream simulated = ScriptedUpstream.always(json(503, "{}"));
        ScriptedUpstream real = ScriptedUpstream.always(json(200, OK));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("first", Provider.SIMULATED, simulated.url())
                .deployment("real", Provider.OPENAI, real.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(post()).read().status()).isEqualTo(200);
      assertThat(simulated.requests().getFirst()).contains("provider-key-of-first");
      assertThat(real.requests().getFirst())
          .contains("provider-key-of-real")
          .doesNotContain("provider-key-of-first")
          .doesNotContain("x-probity-simulated");
    }
  }

  @Test
  void clientsOwnProviderKey_isNotCarriedOnToAnotherDeployment() throws Exception {
    String error = "{\"error\":{\"message\":\"busy\"}}";
    try (ScriptedUpstream bad = ScriptedUpstream.always(json(503, error));
        ScriptedUpstream other = ScriptedUpstream.always(json(200, OK));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("bad", Provider.OPENAI, bad.url().resolve("/v1"))
                .deployment("other", Provider.OPENAI_COMPATIBLE, other.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String own =
          RawHttp.post("/v1/chat/completions", "sk-the-clients-own", BODY)
              .replace("host: x", "host: x\r\nx-probity-key: " + KEY);
      RawHttp.Answer seen = http.send(own).read();
      assertThat(seen.status()).isEqualTo(503);
      assertThat(seen.body()).isEqualTo(error);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void lastDeploymentsError_isPassedOnAsItIs() throws Exception {
    String error =
        "{ \"error\" : {\"message\":\"slow down\",\"type\":\"rate_limit\", \"extra\":1} }";
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                json(429, error).replace("request-id", "retry-after: 7\r\nrequest-id"));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.status()).isEqualTo(429);
      assertThat(seen.body()).isEqualTo(error);
      assertThat(seen.headers()).containsEntry("retry-after", "7");
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(row.usage()).isEqualTo(Usage.NONE);
      assertThat(row.providerRequestId()).isPresent();
    }
  }

  @Test
  void deploymentThatCantBeReached_isPassedOver() throws Exception {
    try (ScriptedUpstream good = ScriptedUpstream.always(json(200, OK));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("gone", Provider.OPENAI, nobodyListens())
                .deployment("good", Provider.OPENAI, good.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.headers()).containsEntry("x-probity-route", "gone:connect_failed,good");
    }
  }

  @Test
  void nobodyReachable_isABadGateway_thatNamesNoAddress() throws Exception {
    URI nobody = nobodyListens();
    try (GatewayFixture gateway =
            GatewayFixture.builder().deployment("gone", Provider.OPENAI, nobody).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.status()).isEqualTo(502);
      assertThat(seen.body())
          .doesNotContain("127.0.0.1")
          .doesNotContain(String.valueOf(nobody.getPort()));
    }
  }

  @Test
  void silentUpstream_isAGatewayTimeout() throws Exception {
    Timeouts all = Timeouts.DEFAULT;
    GatewaySettings base = GatewaySettings.DEFAULT;
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> true);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .settings(
                    new GatewaySettings(
                        base.clientGone(),
                        base.drainLimit(),
                        false,
                        new Timeouts(
                            all.connect(), 300, 300, 10_000, 30_000, 10_000, 10_000, 10_000, 500),
                        base.limits()))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(post()).read().status()).isEqualTo(504);
      assertThat(gateway.exchange().error()).isEqualTo("first_byte_timeout");
    }
  }

  @Test
  void bodyThatIsCutShort_isVisiblyIncomplete_andRecordedAsBroken() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              String whole = json(200, OK + " ".repeat(100_000));
              out.write(
                  whole
                      .substring(0, whole.length() - 500)
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8));
              out.flush();
              return false;
            });
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(post()).read().whole()).isFalse();
      assertThat(gateway.exchange().outcome()).isEqualTo(Outcome.BROKEN);
    }
  }

  @Test
  void answerWithoutUsage_isEstimated_andSaysSo() throws Exception {
    String answer =
        "{\"id\":\"c\",\"choices\":[{\"message\":{\"content\":\"" + "word ".repeat(80) + "\"}}]}";
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, answer));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(post()).read().body()).isEqualTo(answer);
      Exchange row = gateway.exchange();
      assertThat(row.usageSource()).isEqualTo(UsageSource.ESTIMATED);
      assertThat(row.usage().outputText()).isEqualTo(100);
      assertThat(row.usage().uncachedInput()).isEqualTo((BODY.length() + 3) / 4);
    }
  }

  @Test
  void streamHeadWithoutABody_thenSilence_isStillAnswered() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(STREAM_HEAD + "5\r\ndata:\r\n0\r\n\r\n");
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen =
          http.send(
                  RawHttp.post(
                      "/v1/chat/completions",
                      KEY,
                      "{\"model\":\"gpt-5.5\",\"stream\":true,\"messages\":[]}"))
              .read();
      assertThat(seen.body()).contains("\"error\"").doesNotContain("[DONE]");
      assertThat(gateway.exchange().error()).isEqualTo("incomplete_stream");
    }
  }

  @Test
  void headWithoutABody_isNoAnswer_soTheNextDeploymentIsAsked() throws Exception {
    try (ScriptedUpstream bad =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write(HEAD_ALONE.getBytes(java.nio.charset.StandardCharsets.UTF_8));
              out.flush();
              return true;
            });
        ScriptedUpstream good = ScriptedUpstream.always(json(200, OK));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("bad", Provider.OPENAI, bad.url().resolve("/v1"), "*", 0)
                .deployment("good", Provider.OPENAI, good.url().resolve("/v1"), "*", 1)
                .settings(stallingAfter(300))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.body()).isEqualTo(OK);
      assertThat(gateway.exchange().deployment()).isEqualTo("good");
    }
  }

  @Test
  void headWithoutABody_fromTheLastDeployment_isAnErrorInTheCallersFormat() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write(HEAD_ALONE.getBytes(java.nio.charset.StandardCharsets.UTF_8));
              out.flush();
              return true;
            });
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .settings(stallingAfter(300))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer seen = http.send(post()).read();
      assertThat(seen.status()).isEqualTo(504);
      assertThat(seen.body()).contains("\"error\"");
      assertThat(gateway.exchange().error()).isEqualTo("upstream_stalled");
    }
  }

  private static final String HEAD_ALONE =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";

  private static GatewaySettings stallingAfter(long millis) {
    GatewaySettings base = GatewaySettings.DEFAULT;
    return new GatewaySettings(
        base.clientGone(),
        base.drainLimit(),
        false,
        new Timeouts(500, 10_000, millis, 10_000, 30_000, 10_000, 10_000, 10_000, 500),
        base.limits());
  }
}
