package dev.probity.gateway.call;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Exchange;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of each dialect, served by providers of each other. */
class TranslatedCallTest {
  /** What a provider of a dialect says; each says "hello" for 20 and 7 tokens. */
  record Said(
      Provider provider, String path, String begin, String content, String end, String document) {
    String stream() {
      return STREAM_HEAD + chunk(begin) + chunk(content) + chunk(end) + LAST_CHUNK;
    }
  }

  private static final Said MESSAGES =
      new Said(
          Provider.ANTHROPIC,
          "",
          "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
              + "\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":20,\"output_tokens\":1}}}\n\n",
          "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
              + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hello\"}}\n\n",
          "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
              + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}}\n\n"
              + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
          "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],"
              + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":20,\"output_tokens\":7}}");

  private static final Said CHAT =
      new Said(
          Provider.OPENAI_COMPATIBLE,
          "/v1",
          "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
          "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n",
          "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
              + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"g\",\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":7,\"total_tokens\":27}}\n\n"
              + "data: [DONE]\n\n",
          "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"g\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},"
              + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":7,\"total_tokens\":27}}");

  private static final Said GEMINI =
      new Said(
          Provider.GEMINI,
          "",
          ": hello there\n\n",
          "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"hello\"}]},\"index\":0}],\"responseId\":\"r1\",\"modelVersion\":\"gem\"}\n\n",
          "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\",\"index\":0}],"
              + "\"usageMetadata\":{\"promptTokenCount\":20,\"candidatesTokenCount\":7,\"totalTokenCount\":27},\"responseId\":\"r1\",\"modelVersion\":\"gem\"}\n\n",
          "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"hello\"}]},\"finishReason\":\"STOP\",\"index\":0}],"
              + "\"usageMetadata\":{\"promptTokenCount\":20,\"candidatesTokenCount\":7,\"totalTokenCount\":27},\"responseId\":\"r1\",\"modelVersion\":\"gem\"}");

  private static final String RESPONSE_DONE =
      "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"completed\",\"model\":\"g\",\"output\":[{\"type\":\"message\",\"id\":\"m1\","
          + "\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"hello\",\"annotations\":[]}]}],"
          + "\"usage\":{\"input_tokens\":20,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":7,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":27}}";

  private static final Said RESPONSES =
      new Said(
          Provider.OPENAI,
          "/v1",
          "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,"
              + "\"status\":\"in_progress\",\"model\":\"g\",\"output\":[]}}\n\n",
          "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"sequence_number\":1,\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"m1\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}}\n\n"
              + "event: response.content_part.added\ndata: {\"type\":\"response.content_part.added\",\"sequence_number\":2,\"item_id\":\"m1\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}}\n\n"
              + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":3,\"item_id\":\"m1\",\"output_index\":0,\"content_index\":0,\"delta\":\"hello\"}\n\n",
          "event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"sequence_number\":4,\"item_id\":\"m1\",\"output_index\":0,\"content_index\":0,\"text\":\"hello\"}\n\n"
              + "event: response.content_part.done\ndata: {\"type\":\"response.content_part.done\",\"sequence_number\":5,\"item_id\":\"m1\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"hello\",\"annotations\":[]}}\n\n"
              + "event: response.output_item.done\ndata: {\"type\":\"response.output_item.done\",\"sequence_number\":6,\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"m1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"hello\",\"annotations\":[]}]}}\n\n"
              + "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":7,\"response\":"
              + RESPONSE_DONE
              + "}\n\n",
          RESPONSE_DONE);

  private static Said said(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> CHAT;
      case RESPONSES -> RESPONSES;
      case MESSAGES -> MESSAGES;
      case GEMINI -> GEMINI;
    };
  }

  private static String request(Dialect dialect, boolean stream) {
    return request(dialect, stream, "");
  }

  /**
   * @param more members of the body, beginning with a comma
   */
  private static String request(Dialect dialect, boolean stream, String more) {
    return switch (dialect) {
      case CHAT ->
          RawHttp.post(
              "/v1/chat/completions",
              KEY,
              "{\"model\":\"m\",\"stream\":"
                  + stream
                  + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                  + more
                  + "}");
      case RESPONSES ->
          RawHttp.post(
              "/v1/responses",
              KEY,
              "{\"model\":\"m\",\"stream\":" + stream + ",\"input\":\"hi\"" + more + "}");
      case MESSAGES ->
          RawHttp.post(
              "/v1/messages",
              KEY,
              " {\"model\":\"m\",\"stream\":"
                  + stream
                  + ",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                  + more
                  + "} ");
      case GEMINI ->
          RawHttp.post(
              stream
                  ? "/v1beta/models/m:streamGenerateContent?alt=sse"
                  : "/v1beta/models/m:generateContent",
              KEY,
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]" + more + "}");
    };
  }

  private static GatewayFixture.Builder gateway(Dialect provider, ScriptedUpstream... upstreams) {
    GatewayFixture.Builder builder = GatewayFixture.builder();
    for (int i = 0; i < upstreams.length; i++) {
      builder.deployment(
          "d" + i,
          said(provider).provider(),
          java.net.URI.create(upstreams[i].url() + said(provider).path()));
    }
    return builder.settings(GatewaySettings.DEFAULT.with(GatewaySettings.Retries.NONE));
  }

  /** Every dialect with every other. */
  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Dialect client : Dialect.values()) {
      for (Dialect provider : Dialect.values()) {
        if (client != provider) {
          // OpenAI speaks chat, too; a client of that is passed through.
          if (!(client == Dialect.CHAT && provider == Dialect.RESPONSES)) {
            pairs.add(Arguments.of(client, provider));
          }
        }
      }
    }
    return pairs.stream();
  }

  private static void looksLikeAStreamOf(Dialect client, String body) {
    switch (client) {
      case CHAT -> assertThat(body).contains("\"content\":\"hello\"").endsWith("data: [DONE]\n\n");
      case RESPONSES ->
          assertThat(body).contains("\"delta\":\"hello\"", "event: response.completed");
      case MESSAGES -> {
        assertThat(body).contains("\"text\":\"hello\"", "event: message_stop");
        assertThat(body.split("event: message_start", -1)).hasSize(2);
      }
      case GEMINI -> assertThat(body).contains("\"text\":\"hello\"", "\"finishReason\":\"STOP\"");
    }
  }

  private static String textOf(Dialect client, String body) {
    JsonNode json = JsonMapper.shared().readTree(body);
    return switch (client) {
      case CHAT -> json.at("/choices/0/message/content").asString();
      case RESPONSES -> json.at("/output/0/content/0/text").asString();
      case MESSAGES -> json.at("/content/0/text").asString();
      case GEMINI -> json.at("/candidates/0/content/parts/0/text").asString();
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void stream_ofAnyProvider_isTheClients(Dialect client, Dialect provider) throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(said(provider).stream());
        GatewayFixture gateway = gateway(provider, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(client, true)).read();
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.whole()).isTrue();
      assertThat(answer.headers())
          .containsEntry("content-type", "text/event-stream; charset=utf-8")
          .containsEntry("x-probity-route", "d0");
      looksLikeAStreamOf(client, answer.body());
      isOnRecord(gateway.exchange());
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void document_ofAnyProvider_isTheClients_evenIfItWasStreamed(Dialect client, Dialect provider)
      throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              String answer =
                  number % 2 == 0 ? json(200, said(provider).document()) : said(provider).stream();
              out.write(answer.getBytes(UTF_8));
              out.flush();
              return true;
            });
        GatewayFixture gateway = gateway(provider, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      for (int i = 0; i < 2; i++) {
        RawHttp.Answer answer = http.send(request(client, false)).read();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        assertThat(textOf(client, answer.body())).isEqualTo("hello");
      }
      assertThat(gateway.exchanges(2)).hasSize(2).allSatisfy(TranslatedCallTest::isOnRecord);
    }
  }

  private static void isOnRecord(Exchange row) {
    assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row.usage()).isEqualTo(new Usage(20, 0, 0, 0, 7, 0, 0));
    assertThat(row.usageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(row.trail()).contains("\"translated\":true");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void streamThatIsADocument_isAStreamAllTheSame(Dialect client, Dialect provider)
      throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, said(provider).document()));
        GatewayFixture gateway = gateway(provider, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(client, true)).read();
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      looksLikeAStreamOf(client, answer.body());
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void streamThatBreaksAfterContent_isAnHonestFrame_andNoSecondStart(
      Dialect client, Dialect provider) throws Exception {
    Said said = said(provider);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write(
                  (STREAM_HEAD + chunk(said.begin()) + chunk(said.content())).getBytes(UTF_8));
              out.flush();
              return false;
            });
        ScriptedUpstream other = ScriptedUpstream.always(said.stream());
        GatewayFixture gateway = gateway(provider, upstream, other).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String body = http.send(request(client, true)).read().body();
      assertThat(body).contains("hello").doesNotContain("[DONE]").doesNotContain("message_stop");
      assertThat(body)
          .contains(
              switch (client) {
                case CHAT -> "data: {\"error\":{\"message\":";
                case RESPONSES -> "event: response.failed";
                case MESSAGES -> "event: error\ndata: {\"type\":\"error\"";
                case GEMINI -> "data: {\"error\":{\"code\":502";
              });
      assertThat(other.requests()).isEmpty();
      assertThat(gateway.exchange().outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(gateway.exchange().usageSource()).isEqualTo(UsageSource.ESTIMATED);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void streamThatBreaksBeforeContent_isTakenOver(Dialect client, Dialect provider)
      throws Exception {
    Said said = said(provider);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write((STREAM_HEAD + chunk(said.begin())).getBytes(UTF_8));
              out.flush();
              return false;
            });
        ScriptedUpstream other = ScriptedUpstream.always(said.stream());
        GatewayFixture gateway = gateway(provider, upstream, other).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(request(client, true)).read();
      assertThat(answer.status()).isEqualTo(200);
      looksLikeAStreamOf(client, answer.body());
      assertThat(gateway.exchange().deployment()).isEqualTo("d1");
    }
  }

  @Test
  void vendorsOwnHeaders_stayWithTheVendor_butLimitsAreCarriedOver() throws Exception {
    String answer =
        json(200, CHAT.document())
            .replace(
                "request-id: req_1",
                "x-request-id: req_1\r\nopenai-organization: o\r\nx-ratelimit-remaining-tokens: 99\r\nset-cookie: a=b");
    try (ScriptedUpstream upstream = ScriptedUpstream.always(answer);
        GatewayFixture gateway = gateway(Dialect.CHAT, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String request =
          request(Dialect.MESSAGES, false)
              .replace(
                  "host: x",
                  "host: x\r\nanthropic-beta: b\r\nx-stainless-lang: js\r\nX-Custom: kept\r\nx-probity-translation: lenient");
      RawHttp.Answer seen = http.send(request).read();
      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.headers())
          .containsEntry("anthropic-ratelimit-tokens-remaining", "99")
          .doesNotContainKeys("openai-organization", "set-cookie", "x-ratelimit-remaining-tokens");
      assertThat(upstream.requests().getFirst())
          .startsWith("POST /v1/chat/completions HTTP/1.1")
          .contains("authorization: Bearer provider-key-of-d0", "X-Custom: kept")
          .doesNotContain("anthropic-beta", "x-stainless", "x-probity", KEY);
      assertThat(gateway.exchange().providerRequestId()).isPresent();
    }
  }

  @Test
  void losses_areTold_orRefusedWhereTheClientWantsExactness() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, CHAT.document()));
        GatewayFixture gateway = gateway(Dialect.CHAT, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String request = request(Dialect.MESSAGES, false, ",\"top_k\":5");
      RawHttp.Answer told = http.send(request).read();
      assertThat(told.status()).isEqualTo(200);
      assertThat(told.headers().get("x-probity-degraded")).contains("top_k");
      assertThat(gateway.exchange().trail()).contains("\"degraded\":[").contains("top_k");
      RawHttp.Answer refused =
          http.send(request.replace("host: x", "host: x\r\nx-probity-translation: strict")).read();
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("top_k", "invalid_request_error");
      assertThat(upstream.requests()).hasSize(1);
      assertThat(gateway.exchanges(2).get(1).outcome()).isEqualTo(Outcome.REFUSED);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void providersError_keepsItsStatus_inTheClientsFormat(Dialect client, Dialect provider)
      throws Exception {
    for (int status : new int[] {413, 422, 429, 529}) {
      String error =
          "{\"error\":{\"message\":\"what went wrong\",\"type\":\"some_error\",\"code\":"
              + status
              + ",\"status\":\"SOME_ERROR\"}}";
      try (ScriptedUpstream upstream =
              ScriptedUpstream.always(
                  json(status, error).replace("request-id", "retry-after: 7\r\nrequest-id"));
          GatewayFixture gateway = gateway(provider, upstream).start();
          RawHttp http = RawHttp.connect(gateway.port())) {
        RawHttp.Answer answer = http.send(request(client, true)).read();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("what went wrong").isNotEqualTo(error);
        assertThat(answer.headers()).containsEntry("retry-after", "7");
        assertThat(gateway.exchange().status()).isEqualTo(status);
        assertThat(gateway.exchange().outcome()).isEqualTo(Outcome.COMPLETED);
      }
    }
  }

  @Test
  void tokens_areEstimated_whereTheProviderCantCount() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(500, "{}"));
        GatewayFixture gateway = gateway(Dialect.CHAT, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String body =
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
              + "word".repeat(50)
              + "\"}]}";
      RawHttp.Answer answer =
          http.send(RawHttp.post("/v1/messages/count_tokens", KEY, body)).read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(JsonMapper.shared().readTree(answer.body()).get("input_tokens").asInt())
          .isBetween(50, 60);
      assertThat(answer.headers()).containsEntry("x-probity-degraded", "estimated_count");
      assertThat(upstream.requests()).isEmpty();
      assertThat(gateway.exchange().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void anotherVendorsThought_isKeptFromTheClientsOwnVendor() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, MESSAGES.document()));
        GatewayFixture gateway = gateway(Dialect.MESSAGES, upstream).start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      String body =
          "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":["
              + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"pbty1.responses.h.aWQ.dmFsdWU\"},"
              + "{\"type\":\"text\",\"text\":\"hello\"}]},{\"role\":\"user\",\"content\":\"on\"}],"
              + "\"max_tokens\":9,\"model\":\"m\"}";
      assertThat(http.send(RawHttp.post("/v1/messages", KEY, body)).read().status()).isEqualTo(200);
      assertThat(upstream.requests().getFirst())
          .contains("\"text\":\"hello\"", "\"model\":\"m\"")
          .doesNotContain("pbty1", "thinking");
    }
  }
}
