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
import dev.probity.gateway.GatewaySettings.ClientGone;
import dev.probity.gateway.GatewaySettings.DrainLimit;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong before an answer has content costs no client an error while one is well. */
class FailoverTest {
  private static final String START =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":"
          + "{\"input_tokens\":20,\"output_tokens\":1}}}\n\n";
  private static final String DELTA =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":\"hello\"}}\n\n";
  private static final String END =
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
          + "\"usage\":{\"output_tokens\":7}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
  private static final String OVERLOADED =
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
  private static final String GOOD_STREAM = START + DELTA + END;
  private static final String GOOD_DOCUMENT =
      "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],"
          + "\"usage\":{\"input_tokens\":20,\"output_tokens\":7}}";

  /** How a deployment can be broken. */
  enum Breakage {
    REFUSED,
    STATUS_500,
    STATUS_429,
    STATUS_529,
    STATUS_401,
    STATUS_404,
    OVERLOADED_INSIDE,
    EMPTY,
    CLOSED,
    CUT_BEFORE_CONTENT,
    ENDS_BEFORE_CONTENT,
    SILENT,
    SILENT_AFTER_HEAD,
    GARBAGE
  }

  private static ScriptedUpstream broken(Breakage how, boolean stream) throws Exception {
    return ScriptedUpstream.start((number, request, socket, out) -> {
      String answer =
          switch (how) {
            case REFUSED -> throw new IllegalStateException("nobody listens");
            case STATUS_500 -> json(500, "{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}");
            case STATUS_429 ->
                json(429, "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}}");
            case STATUS_529 -> json(529, OVERLOADED);
            case STATUS_401 ->
                json(401, "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"}}");
            case STATUS_404 ->
                json(404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"}}");
            case OVERLOADED_INSIDE ->
                stream
                    ? STREAM_HEAD
                        + chunk(START + "event: error\ndata: " + OVERLOADED + "\n\n")
                        + LAST_CHUNK
                    : json(200, OVERLOADED);
            case EMPTY -> stream ? STREAM_HEAD + LAST_CHUNK : json(200, "");
            case CLOSED, SILENT -> "";
            case CUT_BEFORE_CONTENT ->
                stream
                    ? STREAM_HEAD + chunk(START) + "40\r\nevent: conte"
                    : json(200, GOOD_DOCUMENT)
                        .substring(0, json(200, GOOD_DOCUMENT).length() - 110);
            case ENDS_BEFORE_CONTENT ->
                stream ? STREAM_HEAD + chunk(START) + LAST_CHUNK : json(200, "");
            case SILENT_AFTER_HEAD ->
                stream
                    ? STREAM_HEAD + chunk(START)
                    : "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n";
            case GARBAGE -> "this is not HTTP\r\n\r\n";
          };
      out.write(answer.getBytes(UTF_8));
      out.flush();
      return how == Breakage.SILENT || how == Breakage.SILENT_AFTER_HEAD || answer.endsWith("}");
    });
  }

  private static URI url(ScriptedUpstream upstream, Breakage how) throws Exception {
    if (how != Breakage.REFUSED) {
      return upstream.url();
    }
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private static ScriptedUpstream good(boolean stream) throws Exception {
    return ScriptedUpstream.always(
        stream
            ? STREAM_HEAD + chunk(START) + chunk(DELTA + END) + LAST_CHUNK
            : json(200, GOOD_DOCUMENT));
  }

  private static GatewaySettings impatient() {
    Timeouts all = Timeouts.DEFAULT;
    return new GatewaySettings(
        ClientGone.DRAIN,
        new DrainLimit(1 << 20, 10_000),
        false,
        false,
        GatewaySettings.Retries.NONE,
        new Timeouts(
            all.connect(), 300, 300, 15_000, 300, all.total(), 30_000, 10_000, 30_000, 75_000, 500),
        Limits.DEFAULT);
  }

  private static String request(boolean stream) {
    return RawHttp.post(
        "/v1/messages",
        KEY,
        "{\"model\":\"claude-opus-5-5\",\"stream\":"
            + stream
            + ",\"max_tokens\":9,\"messages\":[]}");
  }

  static Stream<Arguments> breakages() {
    return Stream.of(Breakage.values())
        .flatMap(how -> Stream.of(Arguments.of(how, true), Arguments.of(how, false)));
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void twoBrokenOutOfThree_costNoClientAnError(Breakage how, boolean stream) throws Exception {
    try (ScriptedUpstream one = broken(how, stream);
        ScriptedUpstream two = broken(how, stream);
        ScriptedUpstream three = good(stream);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.ANTHROPIC, url(one, how))
                .deployment("two", Provider.ANTHROPIC, url(two, how))
                .deployment("three", Provider.ANTHROPIC, three.url())
                .settings(impatient())
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(stream)).read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.whole()).isTrue();
      assertThat(answer.body()).isEqualTo(stream ? GOOD_STREAM : GOOD_DOCUMENT);
      assertThat(answer.headers().get("x-probity-route")).startsWith("one:").endsWith(",three");
      assertThat(http.send(request(stream)).read().status()).isEqualTo(200);
      assertThat(gateway.exchanges(2))
          .hasSize(2)
          .allSatisfy(row -> {
            assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(row.deployment()).isEqualTo("three");
            assertThat(row.usage().output()).isEqualTo(7);
            assertThat(row.usageSource()).isEqualTo(UsageSource.PROVIDER);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Breakage.class,
      names = {"OVERLOADED_INSIDE", "STATUS_529", "STATUS_429", "STATUS_500"})
  void everybodyBroken_isToldAsTheProviderSaidIt(Breakage how) throws Exception {
    try (ScriptedUpstream one = broken(how, true);
        ScriptedUpstream two = broken(how, true);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.ANTHROPIC, one.url())
                .deployment("two", Provider.ANTHROPIC, two.url())
                .settings(impatient())
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(true)).read();
      assertThat(answer.body())
          .contains(
              switch (how) {
                case STATUS_429 -> "rate_limit_error";
                case STATUS_500 -> "api_error";
                default -> "overloaded_error";
              });
      assertThat(gateway.exchanges(1)).hasSize(1);
    }
  }

  @Test
  void providersRefusalOfOurKey_doesNotLookLikeTheClients() throws Exception {
    try (ScriptedUpstream one = broken(Breakage.STATUS_401, true);
        GatewayFixture gateway =
            GatewayFixture.builder().deployment("one", Provider.ANTHROPIC, one.url()).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(true)).read();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.body()).contains("the operator must look at the deployment's api_key");
      Exchange row = gateway.exchange();
      assertThat(row.outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
      assertThat(row.error()).isEqualTo("status_401");
    }
  }

  @Test
  void clientsOwnFault_isTriedNowhereElse() throws Exception {
    String error =
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"no\"}}";
    try (ScriptedUpstream one = ScriptedUpstream.always(json(400, error));
        ScriptedUpstream two = good(true);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.ANTHROPIC, one.url())
                .deployment("two", Provider.ANTHROPIC, two.url())
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(true)).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(error);
      assertThat(one.requests()).hasSize(1);
      assertThat(two.requests()).isEmpty();
    }
  }

  @Test
  void streamThatBreaksAfterContent_isSaidToHave_andIsNotBegunAgain() throws Exception {
    try (ScriptedUpstream one =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write((STREAM_HEAD + chunk(START + DELTA)).getBytes(UTF_8));
              out.flush();
              return false;
            });
        ScriptedUpstream two = good(true);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.ANTHROPIC, one.url())
                .deployment("two", Provider.ANTHROPIC, two.url())
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String body = http.send(request(true)).read().body();
      assertThat(body).startsWith(START + DELTA).contains("event: error");
      assertThat(body.split("message_start", -1)).hasSize(3);
      assertThat(two.requests()).isEmpty();
    }
  }

  @Test
  void slowFirstContent_isWaitedForNoLongerThanTheHold_beforeTheClientHearsOfIt() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (ScriptedUpstream one =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write((STREAM_HEAD + chunk(START)).getBytes(UTF_8));
              out.flush();
              seen.await();
              out.write((chunk(DELTA + END) + LAST_CHUNK).getBytes(UTF_8));
              out.flush();
              return true;
            });
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.ANTHROPIC, one.url())
                .settings(GatewaySettings.DEFAULT.with(Timeouts.DEFAULT.withContent(60_000, 200)))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(request(true));
      assertThat(http.readUntil("}}}\n\n")).endsWith(START);
      seen.countDown();
      assertThat(http.readUntil(LAST_CHUNK)).contains("message_stop");
    }
  }

  @Test
  void contentThatNeverComes_isGivenUp_alsoWhenPingsKeepComing() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedUpstream one =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write((STREAM_HEAD + chunk(START)).getBytes(UTF_8));
              while (!over.await(20, TimeUnit.MILLISECONDS)) {
                out.write(chunk("event: ping\ndata: {\"type\":\"ping\"}\n\n").getBytes(UTF_8));
                out.flush();
              }
              return false;
            });
        ScriptedUpstream two = good(true);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("one", Provider.ANTHROPIC, one.url())
                .deployment("two", Provider.ANTHROPIC, two.url())
                .settings(GatewaySettings.DEFAULT.with(Timeouts.DEFAULT.withContent(300, 60_000)))
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(request(true)).read().body()).isEqualTo(GOOD_STREAM);
      assertThat(gateway.exchange().trail()).contains("first_content_timeout");
      over.countDown();
    }
  }
}
