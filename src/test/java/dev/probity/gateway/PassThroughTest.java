package dev.probity.gateway;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.KeyId;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the client sends goes on as it is, but for model and credential; what comes back comes back
 * as it is.
 */
class PassThroughTest {
  private static final String STRANGE_BODY =
      "{ \"unknown_field\" : [1, 2.50, {\"deep\":null}],\r\n\t\"messages\":[], \"model\" :\"claude-opus-5-5\" ,\"max_tokens\":5,"
          + "\"text\":\"\\u00e9 é 😀\" }";
  private static final String ANSWER =
      "{ \"type\":\"message\", \"new_field\": {\"x\":[ ]},  \"usage\":{\"input_tokens\":11,\"output_tokens\":3}}\n";

  private static GatewayFixture claude(ScriptedUpstream upstream) throws Exception {
    return GatewayFixture.builder()
        .deployment("claude", Provider.ANTHROPIC, upstream.url())
        .start();
  }

  @Test
  void body_unknownFields_headersAndQuery_arriveUnchanged_andCredentialsDoNot() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                json(200, ANSWER)
                    .replace(
                        "request-id",
                        "anthropic-ratelimit-tokens-remaining: 99\r\nset-cookie: a=b\r\nstrict-transport-security: max-age=1\r\nrequest-id"));
        GatewayFixture gateway = claude(upstream);
        RawHttp http = RawHttp.connect(gateway.port())) {
      String head =
          "POST /anthropic/v1/messages?beta=true HTTP/1.1\r\nhost: probity\r\nx-api-key: "
              + KEY
              + "\r\nauthorization: Bearer "
              + KEY
              + "\r\nAnthropic-Beta: one-2025-01-01,two-2026-02-02\r\nanthropic-version: 2023-06-01\r\nX-Custom-Thing: Kept As Is"
              + "\r\ncookie: session=secret\r\nx-forwarded-for: 10.9.8.7\r\naccept-encoding: gzip, br\r\nconnection: keep-alive, X-Hop\r\nx-hop: dropped"
              + "\r\ncontent-type: application/json\r\ncontent-length: "
              + STRANGE_BODY.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
              + "\r\n\r\n";
      RawHttp.Answer answer = http.send(head + STRANGE_BODY).read();
      assertThat(answer.body()).isEqualTo(ANSWER);
      assertThat(answer.headers())
          .containsEntry("anthropic-ratelimit-tokens-remaining", "99")
          .containsEntry("request-id", "req_1")
          .containsEntry("x-probity-route", "claude")
          .doesNotContainKeys("set-cookie", "strict-transport-security");
      assertThat(answer.headers().get("x-probity-exchange"))
          .isEqualTo(gateway.exchange().id().toString());

      String seen = upstream.requests().getFirst();
      String seenHead = seen.substring(0, seen.indexOf("\r\n\r\n"));
      assertThat(seen).endsWith("\r\n\r\n" + STRANGE_BODY);
      assertThat(seenHead)
          .startsWith("POST /v1/messages?beta=true HTTP/1.1\r\n")
          .contains("Anthropic-Beta: one-2025-01-01,two-2026-02-02")
          .contains("X-Custom-Thing: Kept As Is")
          .contains("x-api-key: provider-key-of-claude")
          .doesNotContain(KEY)
          .doesNotContain("secret")
          .doesNotContain("10.9.8.7")
          .doesNotContain("x-hop");
      assertThat(seenHead.toLowerCase(Locale.ROOT))
          .doesNotContain("authorization")
          .doesNotContain("accept-encoding");
    }
  }

  @Test
  void model_isReplacedInPlace_whereTheRouteNamesAnother() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("claude", Provider.ANTHROPIC, upstream.url(), "claude-\"quoted\"", 0)
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(RawHttp.post("/v1/messages", KEY, STRANGE_BODY)).read();
      assertThat(upstream.requests().getFirst())
          .endsWith(
              "\r\n\r\n"
                  + STRANGE_BODY.replace("\"claude-opus-5-5\"", "\"claude-\\\"quoted\\\"\""));
      Exchange row = gateway.exchange();
      assertThat(row.requestedModel()).isEqualTo("claude-opus-5-5");
      assertThat(row.resolvedModel()).isEqualTo("claude-\"quoted\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization: Bearer %s",
        "Authorization: bearer %s",
        "x-api-key: %s",
        "x-goog-api-key: %s",
        "api-key: %s",
        "x-probity-key: %s"
      })
  void sameKey_inAnyVendorsPlace_isTheSameCaller(String header) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway = claude(upstream);
        RawHttp http = RawHttp.connect(gateway.port())) {
      String request = RawHttp.post("/v1/messages", KEY, STRANGE_BODY);
      http.send(request.replace("authorization: Bearer " + KEY, header.formatted(KEY)));
      assertThat(http.read().status()).isEqualTo(200);
      http.send(request.replace("authorization: Bearer " + KEY, header.formatted("pk-wrong")));
      assertThat(http.read().status()).isEqualTo(401);
      assertThat(gateway.exchanges(2))
          .extracting(Exchange::key)
          .containsExactly(KeyId.ENVIRONMENT, KeyId.NONE);
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void keyInTheQuery_works_andDoesNotTravelOn() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                json(200, "{\"candidates\":[],\"usageMetadata\":{\"promptTokenCount\":4}}"));
        GatewayFixture gateway =
            GatewayFixture.builder().deployment("google", Provider.GEMINI, upstream.url()).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String body = "{\"contents\":[]}";
      http.send(
          "POST /genai/v1beta/models/gemini-3.8-flash:generateContent?key="
              + KEY
              + "&alt=json HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(upstream.requests().getFirst())
          .startsWith("POST /v1beta/models/gemini-3.8-flash:generateContent?alt=json HTTP/1.1")
          .doesNotContain(KEY);
      assertThat(gateway.exchange().usage().uncachedInput()).isEqualTo(4);
    }
  }

  @Test
  void clientsOwnProviderKey_isPassedOn_besideAProbityKey() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway = claude(upstream);
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(
          RawHttp.post("/v1/messages", "sk-ant-the-clients-own", STRANGE_BODY)
              .replace("host: x", "host: x\r\nx-probity-key: " + KEY));
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(upstream.requests().getFirst())
          .contains("x-api-key: sk-ant-the-clients-own")
          .doesNotContain("provider-key-of-claude")
          .doesNotContain(KEY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"model\":\"n\"}",
        "{\"model\":\"m\",\"mod\\u0065l\":\"n\"}",
        "{\"model\":\"m\"",
        "{\"model\":\"m\"}}",
        "[1]",
        "",
        "{\"model\":7}",
        "{}",
        "{\"a\":\u0000}"
      })
  void malformedBody_isRefused_beforeAnyoneIsCalled(String body) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway = claude(upstream);
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(RawHttp.post("/v1/messages", KEY, body)).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("invalid_request_error");
      assertThat(upstream.requests()).isEmpty();
      assertThat(gateway.exchange().outcome()).isEqualTo(Outcome.REFUSED);
    }
  }

  @Test
  void deepAndNonUtf8Bodies_areRefused() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway = claude(upstream);
        RawHttp http = RawHttp.connect(gateway.port())) {
      String deep = "{\"model\":\"m\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
      assertThat(http.send(RawHttp.post("/v1/messages", KEY, deep)).read().body()).contains("deep");
      http.send(
          RawHttp.post("/v1/messages", KEY, "{\"model\":\"m\",\"x\":\"??\"}").replace("??\"}", ""));
      http.socket().getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xfe, '"', '}'});
      assertThat(http.read().body()).contains("UTF-8");
      assertThat(upstream.requests()).isEmpty();
    }
  }
}
