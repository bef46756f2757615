package dev.probity.gateway.call;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Retries;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import dev.probity.testing.ShiftedClock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What takes longer than a test may. */
class LongWaitsTest {
  private static final long EVER = 1L << 40;

  private static final String DELTA =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"g\",\"choices\":"
          + "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"hello\"}}]}\n\n";
  private static final String END =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"g\",\"choices\":"
          + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n"
          + "data: [DONE]\n\n";

  /** However far the clock is put forward. */
  private static final Timeouts PATIENT =
      new Timeouts(5_000, EVER, EVER, EVER, EVER, EVER, EVER, EVER, 500);

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, 'event: ping', true",
    "/v1/responses, ': ping', true",
    "/v1/chat/completions, ': ping', false"
  })
  void quietStream_getsASignOfLife_whereItsProviderHasNone(
      String path, String ping, boolean expected) throws Exception {
    ShiftedClock clock = new ShiftedClock();
    CountDownLatch heard = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write((STREAM_HEAD + chunk(DELTA)).getBytes(UTF_8));
              out.flush();
              heard.await();
              out.write((chunk(END) + LAST_CHUNK).getBytes(UTF_8));
              out.flush();
              return true;
            });
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.OPENAI_COMPATIBLE, upstream.url().resolve("/v1"))
                .clock(clock)
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String body =
          "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,"
              + (path.endsWith("responses")
                  ? "\"input\":\"hi\"}"
                  : "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
      http.send(RawHttp.post(path, KEY, body));
      http.readUntil("hello");
      clock.forward(16_000);
      String seen = expected ? http.readUntil(ping) : "";
      assertThat(seen).endsWith(expected ? ping : "");
      heard.countDown();
      assertThat(http.readUntil(LAST_CHUNK)).doesNotContain(ping);
    }
  }

  @Test
  void nextRound_waitsForItsTime() throws Exception {
    ShiftedClock clock = new ShiftedClock();
    CountDownLatch failed = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              String answer =
                  number == 0
                      ? json(503, "{}").replace("request-id", "retry-after: 1200\r\nrequest-id")
                      : json(200, "{\"choices\":[{\"message\":{\"content\":\"hi\"}}]}");
              out.write(answer.getBytes(UTF_8));
              out.flush();
              failed.countDown();
              return true;
            });
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.OPENAI_COMPATIBLE, upstream.url().resolve("/v1"))
                .settings(GatewaySettings.DEFAULT.with(new Retries(2, 1, 1_800_000)).with(PATIENT))
                .clock(clock)
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(RawHttp.post("/v1/chat/completions", KEY, "{\"model\":\"m\",\"messages\":[]}"));
      failed.await();
      // Whenever the gateway takes notice of the failure: by then it waits, and not before.
      while (upstream.requests().size() < 2) {
        clock.forward(60_000);
        Thread.yield();
      }
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(gateway.exchange().latencyMillis()).isGreaterThanOrEqualTo(1_200_000);
    }
  }
}
