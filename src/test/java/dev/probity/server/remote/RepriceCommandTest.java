package dev.probity.server.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.probity.kernel.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How answers that come in steps are added up, against a server with prepared ones. */
class RepriceCommandTest {
  private static final String FIRST =
      """
      {"applied":false,"days":[{"day":"2026-11-01","calls":1200,"different":2,"kept":1}],
       "models":[{"provider":"openai","model":"gpt-5","calls":1200,"different":2,
         "before_nano_usd":5000000000,"after_nano_usd":4000000000,
         "unpriced_before":3,"unpriced_after":0}],
       "days_with_sums_only":2,"note":"A note.","next":"2026-11-02"}
      """;
  private static final String SECOND =
      """
      {"applied":false,"days":[{"day":"2026-11-02","calls":10,"different":1,"kept":0}],
       "models":[{"provider":"openai","model":"gpt-5","calls":10,"different":1,
         "before_nano_usd":1,"after_nano_usd":0,"unpriced_before":0,"unpriced_after":0}],
       "days_with_sums_only":0,"note":"A note.","next":null}
      """;

  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] answer = String.valueOf(answers.poll()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void steps_areAskedForOneAfterTheOtherAndAddedUp() {
    answers.addAll(List.of(FIRST, SECOND));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, new ByteArrayOutputStream())).isZero();
    assertThat(asked)
        .containsExactly(
            "{\"apply\":false,\"to\":\"2026-11-20\"}",
            "{\"apply\":false,\"from\":\"2026-11-02\",\"to\":\"2026-11-20\"}");
    assertThat(out.toString(UTF_8))
        .contains("2026-11-01       1,200 calls, 2 different", "2026-11-02          10 calls, 1")
        .containsPattern("openai/gpt-5 +1210 +3 +5.000000001 +4.000000000 +-1.000000001 ")
        .contains("unpriced: 3 before, 0 after", "1 calls keep", "Of 2 days only sums", "A note.");
  }

  @Test
  void somebodyElsesAnswer_isSaidToBeThat() {
    answers.add("<html>");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(run(new ByteArrayOutputStream(), err)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("answered 200, not as Probity does");
  }

  private int run(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    try (ControlClient client = new ControlClient(base, Optional.of(new Secret("key")))) {
      return new RepriceCommand(
              client, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
          .run(Optional.empty(), Optional.of(LocalDate.parse("2026-11-20")), false);
    }
  }
}
