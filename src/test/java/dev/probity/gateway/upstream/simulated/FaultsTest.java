package dev.probity.gateway.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.upstream.simulated.script.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
  private static final String MESSAGES =
      "{\"model\":\"simulated\",\"max_tokens\":900,\"stream\":%s,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String CHAT = MESSAGES;
  private static final String RESPONSES =
      "{\"model\":\"simulated\",\"stream\":%s,\"input\":\"hello\"}";
  private static final String GEMINI =
      "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}],\"store\":%s}";

  /** A path and a body, streamed. */
  record Format(String path, String body, boolean hasEnd) {
    String streamed() {
      return body.formatted(true);
    }
  }

  private final Client client = new Client();

  @AfterEach
  void close() {
    client.close();
  }

  static Stream<Format> formats() {
    return Stream.of(
        new Format("/v1/chat/completions", CHAT, true),
        new Format("/v1/messages", MESSAGES, true),
        new Format("/v1/responses", RESPONSES, true),
        new Format("/v1beta/models/simulated:streamGenerateContent?alt=sse", GEMINI, false));
  }

  private static long contents(List<Client.Event> events) {
    return events.stream()
        .filter(event ->
            event.data().contains("\"delta\":{\"content\"")
                    && !event.data().contains("\"content\":\"\"")
                || event.data().contains("text_delta")
                || event.data().contains("output_text.delta")
                || event.data().contains("candidates"))
        .count();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void chunks_setHowManyPiecesThereAre(Format format) throws Exception {
    List<Client.Event> events =
        client.events(format.path(), format.streamed(), "x-simulate", "chunks=100");
    assertThat(contents(events)).isEqualTo(100);
  }

  @Test
  void chunkBytes_setHowLongPiecesAre() throws Exception {
    List<Client.Event> events =
        client.events(
            "/v1/messages", MESSAGES.formatted(true), "x-simulate", "chunks=3;chunk_bytes=100");
    assertThat(
            events.stream()
                .filter(event -> event.name().equals("content_block_delta"))
                .map(event -> event.json().at("/delta/text").asString().length()))
        .containsExactly(100, 100, 100);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, 429, /error/code, rate_limit_exceeded",
    "/v1/chat/completions, 500, /error/type, server_error",
    "/v1/messages, 429, /error/type, rate_limit_error",
    "/v1/messages, 529, /error/type, overloaded_error",
    "/v1/responses, 503, /error/type, server_error",
    "/v1beta/models/m:generateContent, 429, /error/status, RESOURCE_EXHAUSTED",
    "/v1/embeddings, 401, /error/type, authentication_error"
  })
  void status_isAnsweredInTheVendorsShape(String path, int status, String pointer, String expected)
      throws Exception {
    HttpResponse<String> response =
        client.post(path, "{}", "x-simulate", "status=" + status + ";retry_after=7");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("retry-after")).hasValue("7");
    assertThat(Trees.parse(response.body()).at(pointer).asString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void cut_endsTheConnectionInTheMiddle(Format format) throws Exception {
    assertThatIOException()
        .isThrownBy(
            () -> client.post(format.path(), format.streamed(), "x-simulate", "cut_after=3"));
    assertThat(rawBody(format, "cut_after=3"))
        .contains("HTTP/1.1 200")
        .doesNotContain("[DONE]")
        .doesNotContain("message_stop")
        .doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void cut_halvesAWholeAnswerToo() {
    assertThatIOException()
        .isThrownBy(() ->
            client.post("/v1/messages", MESSAGES.formatted(false), "x-simulate", "cut_after=0"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void stall_saysNothingMore(Format format) throws Exception {
    HttpRequest request =
        client
            .request(format.path())
            .header("x-simulate", "stall_after=2")
            .POST(HttpRequest.BodyPublishers.ofString(format.streamed()))
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    StringBuilder seen = new StringBuilder();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(() -> {
          try (InputStream body = response.body()) {
            for (int next = body.read(); next >= 0; next = body.read()) {
              synchronized (seen) {
                seen.append((char) next);
                seen.notifyAll();
              }
            }
          } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
          }
        });
    synchronized (seen) {
      while (contents(whole(seen.toString())) < 2) {
        seen.wait(10_000);
      }
    }
    assertThatThrownBy(() -> end.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    // Closing the provider ends even a stalled answer, and not as if it were whole.
    client.provider.close();
    assertThatThrownBy(() -> end.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    synchronized (seen) {
      assertThat(contents(whole(seen.toString()))).isEqualTo(2);
    }
  }

  private static List<Client.Event> whole(String text) {
    int end = text.lastIndexOf("\n\n");
    return end < 0 ? List.of() : Client.events(text.substring(0, end));
  }

  @Test
  void pings_comeBeforeTheContent() throws Exception {
    List<Client.Event> messages =
        client.events("/v1/messages", MESSAGES.formatted(true), "x-simulate", "pings=3;chunk_ms=1");
    // One that is always there, and three.
    assertThat(messages.stream().filter(event -> event.name().equals("ping"))).hasSize(4);
    List<Client.Event> chat =
        client.events(
            "/v1/chat/completions", CHAT.formatted(true), "x-simulate", "pings=2;chunk_ms=1");
    assertThat(chat.stream().filter(event -> event.name().equals(":"))).hasSize(2);
    assertThat(chat.getLast().data()).isEqualTo("[DONE]");
  }

  @Test
  void pingsOnly_neverSayAnything() throws Exception {
    String body =
        rawBody(new Format("/v1/messages", MESSAGES, true), "pings=only;chunk_ms=5;stall_ms=100");
    assertThat(body.split("event: ping", -1).length).isGreaterThan(10);
    assertThat(body).doesNotContain("content_block_delta").doesNotContain("message_stop");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void errorAfter_isTheVendorsErrorInsideTheStream(Format format) throws Exception {
    List<Client.Event> events =
        client.events(format.path(), format.streamed(), "x-simulate", "error_after=3");
    assertThat(contents(events)).isEqualTo(3);
    Client.Event last = events.getLast();
    assertThat(last.data()).contains("error");
    switch (format.path()) {
      case "/v1/messages" -> assertThat(last.name()).isEqualTo("error");
      case "/v1/responses" ->
          assertThat(last.json().at("/response/error/code").asString()).isEqualTo("server_error");
      default -> assertThat(last.json().at("/error/message").asString()).isNotEmpty();
    }
  }

  @Test
  void garbageHead_isNoHttp() throws Exception {
    String answer = rawBody(new Format("/v1/messages", MESSAGES, true), "garbage=head");
    assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).contains("not HTTP");
    assertThatIOException()
        .isThrownBy(() ->
            client.post("/v1/messages", MESSAGES.formatted(false), "x-simulate", "garbage=head"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void garbageBody_isNoJson(Format format) throws Exception {
    byte[] body =
        client.postForBytes(format.path(), format.streamed(), "x-simulate", "garbage=body").body();
    assertThat(body).hasSize(512);
    assertThat(new String(body, StandardCharsets.UTF_8)).contains("\uFFFD");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void garbageFrame_comesBetweenGoodOnes(Format format) throws Exception {
    String plain = client.post(format.path(), format.streamed()).body();
    String bad =
        client.post(format.path(), format.streamed(), "x-simulate", "garbage=frame").body();
    assertThat(bad).contains("garbage, not JSON");
    assertThat(contents(Client.events(bad))).isEqualTo(contents(Client.events(plain)));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void halfFrame_endsProperlyInTheMiddleOfOne(Format format) throws Exception {
    String body = client.post(format.path(), format.streamed(), "x-simulate", "half_frame").body();
    assertThat(body).doesNotEndWith("\n");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void empty_isASuccessWithNothing(Format format) throws Exception {
    HttpResponse<String> response =
        client.post(format.path(), format.streamed(), "x-simulate", "empty");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void split_sendsEveryByteByItself() throws Exception {
    String raw = rawBody(new Format("/v1/messages", MESSAGES, true), "split");
    assertThat(raw).contains("1\r\ne\r\n1\r\nv\r\n1\r\ne\r\n1\r\nn\r\n1\r\nt\r\n");
    assertThat(
            contents(
                client.events("/v1/messages", MESSAGES.formatted(true), "x-simulate", "split=1")))
        .isEqualTo(12);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void noUsage_leavesItOut(Format format) throws Exception {
    assertThat(client.post(format.path(), format.streamed(), "x-simulate", "no_usage").body())
        .doesNotContainPattern("_tokens\":\\d")
        .doesNotContain("TokenCount");
  }

  @Test
  void gzip_compressesStreamsAndWholes() throws Exception {
    for (boolean stream : new boolean[] {true, false}) {
      HttpResponse<byte[]> response =
          client.postForBytes("/v1/messages", MESSAGES.formatted(stream), "x-simulate", "gzip");
      assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("hello");
      }
    }
  }

  @Test
  void firstTokenAndChunks_canBeSlow() throws Exception {
    long before = System.nanoTime();
    client.events(
        "/v1/messages", MESSAGES.formatted(true), "x-simulate", "first_token_ms=60;chunk_ms=10");
    assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(60 + 11 * 10);
  }

  @Test
  void modelName_asksForFaults_andTheHeaderOverridesIt() throws Exception {
    String limited = MESSAGES.formatted(false).replace("simulated", "simulated-limited");
    assertThat(client.post("/v1/messages", limited).statusCode()).isEqualTo(429);
    assertThat(client.post("/v1/messages", limited, "x-simulate", "status=529").statusCode())
        .isEqualTo(529);
    assertThat(
            client
                .post("/v1beta/models/simulated-error:generateContent", GEMINI.formatted(1))
                .statusCode())
        .isEqualTo(500);
  }

  @Test
  void defaults_areForEveryAnswer() throws Exception {
    try (Client slow = new Client("status=503")) {
      assertThat(slow.post("/v1/messages", MESSAGES.formatted(false)).statusCode()).isEqualTo(503);
    }
    assertThatThrownBy(() ->
            SimulatedProvider.start(
                dev.probity.kernel.Clock.system(), new SecureRandom(), "chunks=none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chunks=none (expected: 1 to 20000)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour=red | unknown key 'colour'",
        "status=200 | expected: 400 to 599",
        "pings=-1 | expected: 0 to 10000 or only",
        "garbage=all | expected: body or frame or head",
        "chunks=20000;chunk_bytes=65536 | over 16 MiB"
      })
  void unknownFaults_areRefused_andSayWhy(String faults, String message) throws Exception {
    HttpResponse<String> response =
        client.post("/v1/messages", MESSAGES.formatted(false), "x-simulate", faults);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Trees.parse(response.body()).at("/error/message").asString()).contains(message);
  }

  @Test
  void strangers_areKeptOut() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.provider.baseUrl().resolve("/v1/messages"))
            .POST(HttpRequest.BodyPublishers.ofString(MESSAGES.formatted(false)));
    assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
    HttpRequest wrong = request.header("x-probity-simulated", "0".repeat(64)).build();
    assertThat(client.send(wrong, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void connectionClose_isDone() throws Exception {
    String raw = rawBody(new Format("/v1/messages", MESSAGES, true), "chunks=2");
    assertThat(raw).contains("message_stop").endsWith("0\r\n\r\n");
  }

  @Test
  void oversizedBody_isRefused() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", client.provider.baseUrl().getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /v1/messages HTTP/1.1\r
              host: localhost\r
              x-probity-simulated: %s\r
              content-length: 70000000\r
              \r
              """
                  .formatted(client.provider.secret().reveal())
                  .getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(10_000);
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
    }
  }

  /** What comes over the wire, chunk sizes and all, until the connection ends. */
  private String rawBody(Format format, String faults) throws IOException {
    byte[] body = format.streamed().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", client.provider.baseUrl().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              """
              POST %s HTTP/1.1\r
              host: localhost\r
              connection: close\r
              anthropic-version: 2023-06-01\r
              x-probity-simulated: %s\r
              x-simulate: %s\r
              content-length: %d\r
              \r
              """
                  .formatted(format.path(), client.provider.secret().reveal(), faults, body.length)
                  .getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
