package dev.probity.gateway;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings.ClientGone;
import dev.probity.gateway.GatewaySettings.DrainLimit;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Streams: passed on untouched, accounted for however they end. */
class StreamingTest {
  private static final String START =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":20,"
          + "\"cache_read_input_tokens\":5,\"output_tokens\":1}}}\n\n";
  private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";
  private static final String DELTA =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":\"héllo wörld\"}}\n\n";
  private static final String END =
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
          + "\"usage\":{\"output_tokens\":7}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
  private static final String WHOLE = START + PING + DELTA + DELTA + END;
  private static final String REQUEST =
      RawHttp.post(
          "/v1/messages",
          KEY,
          "{\"model\":\"claude-opus-5-5\",\"stream\":true,\"max_tokens\":9,\"messages\":[]}");

  private static void write(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static GatewayFixture anthropic(ScriptedUpstream upstream, GatewaySettings settings)
      throws Exception {
    return GatewayFixture.builder()
        .deployment("claude", Provider.ANTHROPIC, upstream.url())
        .settings(settings)
        .start();
  }

  private static GatewaySettings settings(ClientGone policy, long stallMillis, long drainMillis) {
    Timeouts all = Timeouts.DEFAULT;
    return new GatewaySettings(
        policy,
        new DrainLimit(1 << 20, drainMillis),
        false,
        new Timeouts(
            all.connect(),
            stallMillis,
            stallMillis,
            0,
            stallMillis,
            all.total(),
            all.poolIdle(),
            all.clientHead(),
            all.clientBody(),
            all.clientIdle(),
            500),
        GatewaySettings.DEFAULT.limits());
  }

  @Test
  void stream_cutAtEveryByte_comesOutTheSame_withTheSameUsage() throws Exception {
    byte[] wire =
        (STREAM_HEAD + chunk(START) + chunk(PING + DELTA) + chunk(DELTA + END) + LAST_CHUNK)
            .getBytes(StandardCharsets.UTF_8);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write(wire, 0, number);
              out.flush();
              // Lets the first part be read by itself more often than not.
              Thread.yield();
              out.write(wire, number, wire.length - number);
              out.flush();
              return true;
            });
        GatewayFixture gateway = anthropic(upstream, GatewaySettings.DEFAULT);
        RawHttp http = RawHttp.connect(gateway.port())) {
      for (int cut = 0; cut < wire.length; cut++) {
        RawHttp.Answer answer = http.send(REQUEST).read();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).isEqualTo(WHOLE);
      }
      assertThat(gateway.exchanges(wire.length))
          .hasSize(wire.length)
          .allSatisfy(row -> {
            assertThat(row.usage()).isEqualTo(new Usage(20, 5, 0, 0, 7, 0, 0));
            assertThat(row.usageSource()).isEqualTo(UsageSource.PROVIDER);
            assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(row.charge().unpriced()).isFalse();
            assertThat(row.ttftMillis()).isPresent();
          });
    }
  }

  @Test
  void frame_reachesTheClient_beforeTheNextOneIsThere() throws Exception {
    CountDownLatch firstSeen = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, STREAM_HEAD + chunk(START));
              firstSeen.await();
              write(out, chunk(DELTA + END) + LAST_CHUNK);
              return true;
            });
        GatewayFixture gateway =
            anthropic(
                upstream, GatewaySettings.DEFAULT.with(Timeouts.DEFAULT.withContent(300_000, 0)));
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(REQUEST);
      assertThat(http.readUntil("}}}\n\n")).endsWith(START);
      firstSeen.countDown();
      assertThat(http.readUntil(LAST_CHUNK)).contains("message_stop");
    }
  }

  @Test
  void upstreamThatDiesInMidStream_isSaidInTheStream_andEstimated() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, STREAM_HEAD + chunk(START) + chunk(DELTA) + "40\r\nevent: content_bl");
              return false;
            });
        GatewayFixture gateway = anthropic(upstream, GatewaySettings.DEFAULT);
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(REQUEST).read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.whole()).isTrue();
      assertThat(answer.body())
          .startsWith(START + DELTA)
          .contains("event: error\ndata: {\"type\":\"error\"");
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(row.error()).isEqualTo("upstream_cut");
      assertThat(row.usageSource()).isEqualTo(UsageSource.ESTIMATED);
      assertThat(row.usage().cacheRead()).isEqualTo(5);
      assertThat(row.usage().outputText()).isEqualTo(4);
      assertThat(http.send(REQUEST).read().status()).isEqualTo(200);
    }
  }

  @Test
  void pingsAlone_doNotKeepADeadStreamAlive() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, STREAM_HEAD + chunk(START));
              try {
                while (!over.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                  write(out, chunk(PING));
                }
              } catch (SocketException e) {
                return false;
              }
              return false;
            });
        GatewayFixture gateway = anthropic(upstream, settings(ClientGone.DRAIN, 400, 1_000));
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(REQUEST).read();
      assertThat(answer.body()).contains("event: ping", "event: error");
      assertThat(gateway.exchange().error()).isEqualTo("upstream_stalled");
      over.countDown();
    }
  }

  @Test
  void errorInsideASuccess_isPassedOn_andRecorded() throws Exception {
    String error =
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(STREAM_HEAD + chunk(START + error) + LAST_CHUNK);
        GatewayFixture gateway = anthropic(upstream, GatewaySettings.DEFAULT);
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(REQUEST).read().body()).isEqualTo(START + error);
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(row.error()).isEqualTo("overloaded_error");
    }
  }

  @Test
  void streamThatEndsInGoodOrderButTooSoon_isSaidToBeIncomplete() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(STREAM_HEAD + chunk(START + DELTA) + LAST_CHUNK);
        GatewayFixture gateway = anthropic(upstream, GatewaySettings.DEFAULT);
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(REQUEST).read().body())
          .startsWith(START + DELTA)
          .contains("event: error");
      assertThat(gateway.exchange().error()).isEqualTo("incomplete_stream");
    }
  }

  @Test
  void clientGone_drain_readsOnForTheProvidersCount() throws Exception {
    Exchange row = clientLeaves(settings(ClientGone.DRAIN, 20_000, 10_000));
    assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(row.usageSource()).isEqualTo(UsageSource.DRAINED);
    assertThat(row.usage()).isEqualTo(new Usage(20, 5, 0, 0, 7, 0, 0));
  }

  @Test
  void clientGone_abort_recordsWhatWasSaid_andGuessesNothing() throws Exception {
    Exchange row = clientLeaves(settings(ClientGone.ABORT, 20_000, 10_000));
    assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(row.usageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(row.usage().input()).isEqualTo(25);
    assertThat(row.usage().output()).isLessThanOrEqualTo(1);
  }

  @Test
  void clientGone_estimate_countsTheBytesThatPassed() throws Exception {
    Exchange row = clientLeaves(settings(ClientGone.ESTIMATE, 20_000, 10_000));
    assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(row.usageSource()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(row.usage().output()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void clientGone_beforeAnErrorCame_isChargedNothing() throws Exception {
    AtomicReference<GatewayFixture> running = new AtomicReference<>();
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              asked.countDown();
              while (running.get().door().connections() > 0) {
                Thread.onSpinWait();
              }
              write(out, ScriptedUpstream.json(429, "{\"type\":\"error\"}"));
              return true;
            });
        GatewayFixture gateway = anthropic(upstream, settings(ClientGone.DRAIN, 20_000, 10_000))) {
      running.set(gateway);
      try (RawHttp http = RawHttp.connect(gateway.port())) {
        http.send(REQUEST);
        asked.await();
        http.socket().setSoLinger(true, 0);
      }
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(row.status()).isEqualTo(499);
      assertThat(row.usage()).isEqualTo(Usage.NONE);
      assertThat(row.charge().nanoUsd()).isZero();
    }
  }

  /** A client that resets its connection after the first content, while the provider goes on. */
  private static Exchange clientLeaves(GatewaySettings settings) throws Exception {
    AtomicReference<GatewayFixture> running = new AtomicReference<>();
    CountDownLatch left = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, STREAM_HEAD + chunk(START) + chunk(DELTA));
              left.await();
              try {
                // Until the gateway has noticed: it can only notice by writing.
                while (running.get().door().connections() > 0) {
                  write(out, chunk(PING));
                }
                write(out, chunk(END) + LAST_CHUNK);
              } catch (SocketException e) {
                return false;
              }
              return true;
            });
        GatewayFixture gateway = anthropic(upstream, settings)) {
      running.set(gateway);
      try (RawHttp http = RawHttp.connect(gateway.port())) {
        http.send(REQUEST);
        http.readUntil("wörld\"}}\n\n");
        http.socket().setSoLinger(true, 0);
      }
      left.countDown();
      assertThat(gateway.exchanges(1)).hasSize(1);
      return gateway.exchange();
    }
  }

  @Test
  void slowClient_slowsTheUpstream_insteadOfFillingMemory() throws Exception {
    AtomicLong written = new AtomicLong();
    long total = 96L << 20;
    String block =
        chunk(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\""
                + "x".repeat(60_000)
                + "\"}}\n\n");
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              write(out, STREAM_HEAD + chunk(START));
              byte[] bytes = block.getBytes(StandardCharsets.UTF_8);
              while (written.get() < total) {
                out.write(bytes);
                written.addAndGet(bytes.length);
              }
              write(out, chunk(END) + LAST_CHUNK);
              return true;
            });
        GatewayFixture gateway = anthropic(upstream, GatewaySettings.DEFAULT);
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(REQUEST);
      InputStream in = http.socket().getInputStream();
      long read = 0;
      byte[] step = new byte[1 << 20];
      while (read < total) {
        read += in.readNBytes(step, 0, step.length);
        // What is on its way: socket buffers and the gateway's own, small beside the whole.
        assertThat(written.get() - read).isLessThan(total / 2);
      }
      assertThat(written.get()).isGreaterThanOrEqualTo(total);
    }
  }

  @Test
  void usageChunk_thatTheClientDidNotAskFor_isAskedFor_usedAndKeptBack() throws Exception {
    String content =
        "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}],\"usage\":null}\n\n";
    String stop =
        "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n";
    String usage =
        "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":40},\"completion_tokens_details\":{\"reasoning_tokens\":5}}}\n\n";
    String done = "data: [DONE]\n\n";
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                STREAM_HEAD + chunk(content) + chunk(stop + usage) + chunk(done) + LAST_CHUNK);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String unasked = "{\"model\":\"gpt-5.5\",\"stream\":true,\"messages\":[]}";
      assertThat(http.send(RawHttp.post("/v1/chat/completions", KEY, unasked)).read().body())
          .isEqualTo(content + stop + done);
      String asked =
          "{\"model\":\"gpt-5.5\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
      assertThat(http.send(RawHttp.post("/v1/chat/completions", KEY, asked)).read().body())
          .isEqualTo(content + stop + usage + done);
      assertThat(upstream.requests().get(0)).contains("\"include_usage\":true");
      assertThat(upstream.requests().get(1)).endsWith(asked);
      assertThat(gateway.exchanges(2))
          .allSatisfy(row -> assertThat(row.usage()).isEqualTo(new Usage(60, 40, 0, 0, 15, 5, 0)));
    }
  }
}
