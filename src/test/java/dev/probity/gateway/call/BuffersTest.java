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
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Nothing that a call holds stays behind, however it ends. */
class BuffersTest {
  private static final String CHAT = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
  private static final String MESSAGES =
      "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String EVENT =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n";
  private static final String END =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

  private static final List<String> ANSWERS =
      List.of(
          STREAM_HEAD + chunk(EVENT) + chunk(END) + LAST_CHUNK,
          STREAM_HEAD + chunk(EVENT) + "40\r\ndata: {",
          STREAM_HEAD + chunk(": hello\n\n") + "40\r\ndata: {",
          STREAM_HEAD + chunk("data: {\"error\":{\"code\":\"server_error\"}}\n\n") + LAST_CHUNK,
          STREAM_HEAD + chunk("data: {\"choices\":3}\n\n") + chunk(EVENT) + LAST_CHUNK,
          STREAM_HEAD + chunk("data: nonsense\n\n") + chunk(EVENT) + LAST_CHUNK,
          STREAM_HEAD + LAST_CHUNK,
          json(500, "{\"error\":{}}"),
          json(429, "{\"error\":{}}"),
          json(400, "{\"error\":{}}"),
          json(401, "{\"error\":{}}"),
          json(200, "{\"choices\":[{\"message\":{\"content\":\"hello\"}}]}"),
          json(200, ""),
          "garbage\r\n\r\n",
          "");

  @Test
  void noBuffer_staysBehind() throws Exception {
    // The detector tells a logger that must be kept from being forgotten.
    Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
    Told told = new Told();
    Level before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(Level.PARANOID);
    logger.addHandler(told);
    try {
      for (int i = 0; i < ANSWERS.size(); i++) {
        calls(ANSWERS.get(i), ANSWERS.get((i + 1) % ANSWERS.size()));
      }
      forgetOne();
      for (int i = 0; i < 200 && told.leaks.isEmpty(); i++) {
        System.gc();
        Thread.yield();
        PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
      }
      assertThat(told.leaks).as("the one that was left behind on purpose").hasSize(1);
      assertThat(told.leaks.getFirst()).contains("forgetOne");
    } finally {
      logger.removeHandler(told);
      ResourceLeakDetector.setLevel(before);
    }
  }

  private static void forgetOne() {
    PooledByteBufAllocator.DEFAULT.directBuffer(16).touch("forgetOne");
  }

  private static void calls(String one, String other) throws Exception {
    try (ScriptedUpstream first = always(one);
        ScriptedUpstream second = always(other);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.OPENAI_COMPATIBLE, first.url().resolve("/v1"))
                .deployment("two", Provider.OPENAI_COMPATIBLE, second.url().resolve("/v1"))
                .settings(GatewaySettings.DEFAULT.with(new Retries(3, 1, 1)))
                .hedgeAfter(1)
                .start()) {
      int calls = 0;
      for (boolean stays : new boolean[] {true, false}) {
        for (String body : List.of(CHAT, MESSAGES)) {
          String path = body.equals(CHAT) ? "/v1/chat/completions" : "/v1/messages";
          try (RawHttp http = RawHttp.connect(gateway.port())) {
            http.send(RawHttp.post(path, KEY, body));
            if (stays) {
              http.read();
            } else {
              http.socket().setSoLinger(true, 0);
            }
          }
          calls += stays ? 1 : 0;
        }
      }
      gateway.exchanges(calls);
    }
  }

  private static ScriptedUpstream always(String answer) throws Exception {
    return ScriptedUpstream.start((number, request, socket, out) -> {
      out.write(answer.getBytes(UTF_8));
      out.flush();
      return answer.endsWith(LAST_CHUNK) || answer.endsWith("}");
    });
  }

  private static final class Told extends Handler {
    private final List<String> leaks = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      leaks.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
