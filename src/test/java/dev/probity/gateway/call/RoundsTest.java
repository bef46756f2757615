package dev.probity.gateway.call;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Retries;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Deployments that are asked again, and two that are asked at once. */
class RoundsTest {
  private static final String OK =
      "{\"id\":\"c\",\"choices\":[{\"message\":{\"content\":\"hi\"}}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}";
  private static final String BUSY = "{\"error\":{\"message\":\"busy\"}}";
  private static final String EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
  private static final String DONE =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";

  private static final String POST =
      RawHttp.post("/v1/chat/completions", KEY, "{\"model\":\"gpt-5.5\",\"messages\":[]}");
  private static final String STREAM =
      RawHttp.post(
          "/v1/chat/completions",
          KEY,
          "{\"model\":\"gpt-5.5\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}");

  private static void write(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  private static GatewayFixture.Builder one(ScriptedUpstream upstream, Retries retries) {
    return GatewayFixture.builder()
        .deployment("one", Provider.OPENAI, upstream.url().resolve("/v1"))
        .settings(GatewaySettings.DEFAULT.with(retries));
  }

  private static ScriptedUpstream failingTwice(String failure) throws Exception {
    return ScriptedUpstream.start((number, request, socket, out) -> {
      write(out, number < 2 ? failure : json(200, OK));
      return true;
    });
  }

  @Test
  void onlyDeployment_isAskedAgain_afterAWait() throws Exception {
    try (ScriptedUpstream upstream = failingTwice(json(503, BUSY));
        GatewayFixture gateway = one(upstream, new Retries(3, 20, 1_000)).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(POST).read();
      assertThat(answer.body()).isEqualTo(OK);
      assertThat(answer.headers()).containsEntry("x-probity-route", "one:503,one:503,one");
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(row.trail()).contains("\"waits\":", "\"backoff\"");
      assertThat(upstream.requests()).hasSize(3);
    }
  }

  @Test
  void asManyAttemptsAsAllowed_andNoMore() throws Exception {
    try (ScriptedUpstream upstream = failingTwice(json(503, BUSY));
        GatewayFixture gateway = one(upstream, new Retries(2, 20, 1_000)).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(POST).read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).isEqualTo(BUSY);
      assertThat(upstream.requests()).hasSize(2);
      assertThat(gateway.exchanges(1)).hasSize(1);
    }
  }

  @Test
  void providerThatSaysNotToAskAgain_isBelieved() throws Exception {
    try (ScriptedUpstream upstream =
            failingTwice(
                json(503, BUSY).replace("request-id", "x-should-retry: false\r\nrequest-id"));
        GatewayFixture gateway = one(upstream, new Retries(3, 20, 1_000)).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(POST).read().status()).isEqualTo(503);
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void providersWait_isWaited_ifItIsNotTooLong() throws Exception {
    try (ScriptedUpstream upstream =
            failingTwice(
                json(429, BUSY).replace("request-id", "retry-after-ms: 150\r\nrequest-id"));
        GatewayFixture gateway = one(upstream, new Retries(3, 1, 1_000)).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(POST).read().body()).isEqualTo(OK);
      assertThat(gateway.exchange().trail()).contains("\"ms\":150", "\"retry_after\"");
    }
  }

  @Test
  void clientThatLeavesWhileNobodyIsAsked_endsIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, json(429, BUSY).replace("request-id", "retry-after: 3000\r\nrequest-id"));
              asked.countDown();
              return true;
            });
        GatewayFixture gateway = one(upstream, new Retries(3, 1, 3_600_000)).start()) {
      try (RawHttp http = RawHttp.connect(gateway.port())) {
        http.send(POST);
        asked.await();
        http.socket().setSoLinger(true, 0);
      }
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(row.usage()).isEqualTo(Usage.NONE);
      assertThat(gateway.exchanges(1)).hasSize(1);
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  private static GatewayFixture hedged(ScriptedUpstream slow, ScriptedUpstream fast)
      throws Exception {
    return GatewayFixture.builder()
        .deployment("slow", Provider.OPENAI, slow.url().resolve("/v1"))
        .deployment("fast", Provider.OPENAI, fast.url().resolve("/v1"))
        .hedgeAfter(100)
        .start();
  }

  @Test
  void secondDeployment_isAskedBesideASlowOne_andServes() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedUpstream slow =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, STREAM_HEAD);
              over.await();
              return false;
            });
        ScriptedUpstream fast =
            ScriptedUpstream.always(STREAM_HEAD + chunk(EVENT) + chunk(DONE) + LAST_CHUNK);
        GatewayFixture gateway = hedged(slow, fast);
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(STREAM).read();
      assertThat(answer.body()).isEqualTo(EVENT + DONE);
      assertThat(answer.headers()).containsEntry("x-probity-route", "slow:slow,fast");
      Exchange row = gateway.exchange();
      assertThat(row.deployment()).isEqualTo("fast");
      assertThat(row.trail()).contains("hedge_lost", "\"hedges\":");
      // The prompt was read twice; what the slow one said of it is nothing, so it is estimated.
      assertThat(row.usage().input()).isGreaterThan(10);
      assertThat(row.usage().output()).isEqualTo(2);
      assertThat(row.usageSource()).isEqualTo(UsageSource.ESTIMATED);
      over.countDown();
      assertThat(gateway.exchanges(1)).hasSize(1);
    }
  }

  @Test
  void firstDeployment_servesAllTheSame_ifItIsTheFirstToHaveContent() throws Exception {
    CountDownLatch secondAsked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedUpstream slow =
            ScriptedUpstream.start((number, request, socket, out) -> {
              secondAsked.await();
              write(out, STREAM_HEAD + chunk(EVENT) + chunk(DONE) + LAST_CHUNK);
              return true;
            });
        ScriptedUpstream second =
            ScriptedUpstream.start((number, request, socket, out) -> {
              secondAsked.countDown();
              over.await();
              return false;
            });
        GatewayFixture gateway = hedged(slow, second);
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(STREAM).read();
      assertThat(answer.body()).isEqualTo(EVENT + DONE);
      assertThat(gateway.exchange().deployment()).isEqualTo("slow");
      over.countDown();
    }
  }

  @Test
  void failureOfOne_leavesTheOtherToServe() throws Exception {
    CountDownLatch secondAsked = new CountDownLatch(1);
    try (ScriptedUpstream slow =
            ScriptedUpstream.start((number, request, socket, out) -> {
              secondAsked.await();
              write(out, json(500, BUSY));
              return true;
            });
        ScriptedUpstream second =
            ScriptedUpstream.start((number, request, socket, out) -> {
              secondAsked.countDown();
              write(out, STREAM_HEAD + chunk(EVENT) + chunk(DONE) + LAST_CHUNK);
              return true;
            });
        GatewayFixture gateway = hedged(slow, second);
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(STREAM).read().body()).isEqualTo(EVENT + DONE);
      assertThat(gateway.exchanges(1)).hasSize(1);
    }
  }

  @Test
  void clientsOwnProviderKey_isNeverHedged() throws Exception {
    CountDownLatch waited = new CountDownLatch(1);
    try (ScriptedUpstream slow =
            ScriptedUpstream.start((number, request, socket, out) -> {
              waited.await(400, java.util.concurrent.TimeUnit.MILLISECONDS);
              write(out, STREAM_HEAD + chunk(EVENT) + chunk(DONE) + LAST_CHUNK);
              return true;
            });
        ScriptedUpstream second = ScriptedUpstream.always(json(200, OK));
        GatewayFixture gateway = hedged(slow, second);
        RawHttp http = RawHttp.connect(gateway.port())) {
      String own =
          STREAM
              .replace("Bearer " + KEY, "Bearer sk-own")
              .replace("host: x", "host: x\r\nx-probity-key: " + KEY);
      assertThat(http.send(own).read().body()).isEqualTo(EVENT + DONE);
      assertThat(second.requests()).isEmpty();
    }
  }
}
