package dev.probity.gateway.passthrough;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;

class PassedThroughTest {
  private static String form(String... parts) {
    String body = "";
    for (String part : parts) {
      body += "--xyz\r\n" + part + "\r\n";
    }
    return body + "--xyz--\r\n";
  }

  private static String request(String method, String path, String headers, String body) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
        + KEY
        + "\r\n"
        + headers
        + (body.isEmpty() ? "" : "content-length: " + body.getBytes(UTF_8).length + "\r\n")
        + "\r\n"
        + body;
  }

  private static GatewayFixture two(ScriptedUpstream first, ScriptedUpstream second)
      throws Exception {
    return GatewayFixture.builder()
        .deployment(
            "one", Provider.OPENAI, java.net.URI.create(first.url() + "/v1"), "one-model", 0)
        .deployment("two", Provider.OPENAI, java.net.URI.create(second.url() + "/v1"))
        .start();
  }

  private static GatewayFixture one(ScriptedUpstream upstream, String model) throws Exception {
    return GatewayFixture.builder()
        .deployment("gpt", Provider.OPENAI, java.net.URI.create(upstream.url() + "/v1"), model, 0)
        .start();
  }

  @Test
  void form_goesOnAsItIs_withItsModelChanged() throws Exception {
    String file =
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--xy é";
    String model = "Content-Disposition: form-data; name=\"model\"\r\n\r\n";
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                json(
                    200,
                    "{\"text\":\"hi\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":4,\"total_tokens\":18}}"));
        GatewayFixture gateway = one(upstream, "whisper-of-ours");
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer =
          http.send(
                  request(
                      "POST",
                      "/openai/v1/audio/transcriptions",
                      "content-type: multipart/form-data; boundary=xyz\r\n",
                      form(file, model + "whisper-1")))
              .read();
      assertThat(answer.status()).isEqualTo(200);
      String seen = upstream.requests().getFirst();
      assertThat(seen)
          .startsWith("POST /v1/audio/transcriptions HTTP/1.1")
          .endsWith("\r\n\r\n" + form(file, model + "whisper-of-ours"));
      Exchange exchange = gateway.exchange();
      assertThat(exchange.operation()).isEqualTo(Operation.TRANSCRIPTION);
      assertThat(exchange.requestedModel()).isEqualTo("whisper-1");
      assertThat(exchange.usage()).isEqualTo(new Usage(14, 0, 0, 0, 4, 0, 0));
      assertThat(exchange.usageSource()).isEqualTo(UsageSource.PROVIDER);
    }
  }

  @Test
  void soundComesBackAsItIs_andIsUnpriced_notFree() throws Exception {
    String sound = "\u0000RIFF\u0001{\"usage\"";
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(json(200, sound).replace("application/json", "audio/wav"));
        GatewayFixture gateway = one(upstream, "*");
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer =
          http.send(RawHttp.post("/v1/audio/speech", KEY, "{\"model\":\"tts-1\",\"input\":\"hi\"}"))
              .read();
      assertThat(answer.headers()).containsEntry("content-type", "audio/wav");
      assertThat(answer.body()).isEqualTo(sound);
      Exchange exchange = gateway.exchange();
      assertThat(exchange.usageSource()).isEqualTo(UsageSource.NONE);
      assertThat(exchange.charge().unpriced()).isTrue();
    }
  }

  @Test
  void whatWasMade_isLookedForWhereItIs_orWhereTheClientSays() throws Exception {
    try (ScriptedUpstream first =
            ScriptedUpstream.always(json(200, "{\"id\":\"file-first\",\"object\":\"file\"}"));
        ScriptedUpstream second =
            ScriptedUpstream.always(json(200, "{\"id\":\"file-2\",\"object\":\"file\"}"));
        GatewayFixture gateway = two(first, second);
        RawHttp http = RawHttp.connect(gateway.port())) {
      String upload =
          form(
              "Content-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch",
              "Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx");
      String type = "content-type: multipart/form-data; boundary=xyz\r\n";
      http.send(request("POST", "/v1/files", type + "x-probity-deployment: two\r\n", upload));
      assertThat(http.read().status()).isEqualTo(200);
      http.send(request("GET", "/v1/files/file-2?x=1", "", "")).read();
      http.send(request("GET", "/v1/files/unknown/content", "", "")).read();
      http.send(request("DELETE", "/v1/files/file-2", "", "")).read();
      assertThat(second.requests())
          .extracting(each -> each.substring(0, each.indexOf(" HTTP")))
          .containsExactly("POST /v1/files", "GET /v1/files/file-2?x=1", "DELETE /v1/files/file-2");
      assertThat(second.requests().getFirst()).doesNotContain("x-probity");
      assertThat(first.requests())
          .hasSize(1)
          .allMatch(each -> each.startsWith("GET /v1/files/unknown/content"));
      assertThat(gateway.exchanges(4))
          .allMatch(each -> each.operation() == Operation.FILE && !each.charge().unpriced());
      http.send(request("GET", "/v1/files", "x-probity-deployment: three\r\n", ""));
      assertThat(http.read().status()).isEqualTo(404);
    }
  }

  @Test
  void pathsThatLeadElsewhere_andOtherMethods_areNotServed() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, "{}"));
        GatewayFixture gateway = one(upstream, "*")) {
      for (String path :
          new String[] {
            "/v1/files/..", "/v1/files/%2e%2e", "/v1/files/a%2fb", "/v1/files/a/b", "/v1/files/ "
          }) {
        try (RawHttp http = RawHttp.connect(gateway.port())) {
          int status = http.send(request("GET", path, "", "")).read().status();
          assertThat(status).describedAs(path).isGreaterThanOrEqualTo(400);
        }
      }
      try (RawHttp http = RawHttp.connect(gateway.port())) {
        assertThat(http.send(request("PUT", "/v1/files/a", "", "")).read().body())
            .contains("Use GET or DELETE here");
      }
      assertThat(upstream.requests()).isEmpty();
    }
  }

  @Test
  void anthropicsFiles_areAnthropics() throws Exception {
    try (ScriptedUpstream openai = ScriptedUpstream.always(json(200, "{}"));
        ScriptedUpstream anthropic = ScriptedUpstream.always(json(200, "{\"data\":[]}"));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("gpt", Provider.OPENAI, openai.url())
                .deployment("claude", Provider.ANTHROPIC, anthropic.url())
                .start();
        RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(request("GET", "/v1/files", "anthropic-version: 2023-06-01\r\n", "")).read();
      http.send(request("GET", "/anthropic/v1/messages/batches", "", "")).read();
      http.send(request("GET", "/v1/files", "", "")).read();
      assertThat(anthropic.requests()).hasSize(2);
      assertThat(openai.requests()).hasSize(1);
      assertThat(gateway.exchanges(3))
          .extracting(Exchange::operation)
          .containsExactly(Operation.MESSAGE_FILE, Operation.KEPT_MESSAGE_BATCH, Operation.FILE);
    }
  }

  @Test
  void streamedImage_tellsItsUsageAtTheEnd() throws Exception {
    String events =
        "event: image_generation.partial_image\ndata: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"AAAA\"}\n\n"
            + "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"usage\":{\"input_tokens\":10,\"output_tokens\":200,\"total_tokens\":210,\"input_tokens_details\":{\"image_tokens\":4,\"text_tokens\":6}}}\n\n";
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                json(200, events).replace("application/json", "text/event-stream"));
        GatewayFixture gateway = one(upstream, "*");
        RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer =
          http.send(
                  RawHttp.post(
                      "/v1/images/generations",
                      KEY,
                      "{\"model\":\"gpt-image-1\",\"stream\":true,\"prompt\":\"x\"}"))
              .read();
      assertThat(answer.body()).isEqualTo(events);
      assertThat(gateway.exchange().usage().total()).isEqualTo(210);
    }
  }
}
