package dev.probity.gateway.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model tells of what it is shown, and a provider that stands in for any vendor. */
class SightTest {
  private static final String TEN_BYTES = "MDEyMzQ1Njc4OQ==";
  private static final String SEEN = "I see image/png of 10 bytes (a684c7c6)";

  private final Client client = new Client();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void chat_tellsAnImage() throws Exception {
    String answer =
        client
            .json(
                "/v1/chat/completions",
                """
                {"model":"m","messages":[{"role":"user","content":[
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}},
                  {"type":"text","text":"simulate: look"}]}]}
                """
                    .formatted(TEN_BYTES))
            .at("/choices/0/message/content")
            .asString();
    assertThat(answer).isEqualTo(SEEN + "; seals on thoughts: 0 mine, 0 foreign.");
  }

  @Test
  void responses_tellAnImage_andSeals() throws Exception {
    String answer =
        client
            .json(
                "/v1/responses",
                """
                {"model":"m","input":[
                  {"type":"reasoning","summary":[],"encrypted_content":"%s"},
                  {"role":"user","content":[
                    {"type":"input_image","image_url":"data:image/png;base64,%s"},
                    {"type":"input_text","text":"simulate: look"}]}]}
                """
                    .formatted(Sight.seal("openai", "well"), TEN_BYTES))
            .at("/output/0/content/0/text")
            .asString();
    assertThat(answer).isEqualTo(SEEN + "; seals on thoughts: 1 mine, 0 foreign.");
  }

  @Test
  void messages_tellAnImageInAToolsResult_andSeals() throws Exception {
    String answer =
        client
            .json(
                "/v1/messages",
                """
                {"model":"m","max_tokens":100,"messages":[
                  {"role":"user","content":"simulate: then\\nsimulate: look"},
                  {"role":"assistant","content":[
                    {"type":"thinking","thinking":"well","signature":"%s"},
                    {"type":"tool_use","id":"1","name":"t","input":{}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":[
                    {"type":"image","source":
                      {"type":"base64","media_type":"image/png","data":"%s"}}]}]}]}
                """
                    .formatted(Sight.seal("anthropic", "well"), TEN_BYTES))
            .at("/content/0/text")
            .asString();
    assertThat(answer).isEqualTo(SEEN + "; seals on thoughts: 1 mine, 0 foreign.");
  }

  @Test
  void gemini_tellsAnImage_andItsOwnSeal() throws Exception {
    String answer =
        client
            .json(
                "/v1beta/models/m:generateContent",
                """
                {"contents":[{"role":"model","parts":[{"text":"so","thoughtSignature":"%s"}]},
                  {"role":"user","parts":[
                    {"inlineData":{"mimeType":"image/png","data":"%s"}},
                    {"text":"simulate: look"}]}]}
                """
                    .formatted(Sight.seal("google", "so"), TEN_BYTES))
            .at("/candidates/0/content/parts/0/text")
            .asString();
    assertThat(answer).isEqualTo(SEEN + "; seals on thoughts: 1 mine, 0 foreign.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your response above was cut off mid-stream. Resume directly from where it stops.",
        "[System: You previously generated thoughts but failed to provide a response.]",
        "System: Please continue.",
        "Belongs to the result of the tool Read:"
      })
  void agentsOwnWords_areNoNewQuestion(String words) throws Exception {
    String answer =
        client
            .json(
                "/v1/chat/completions",
                Trees.text(
                    Trees.object(
                        "model",
                        "m",
                        "messages",
                        Trees.array(
                            Trees.object("role", "user", "content", "simulate: say asked"),
                            Trees.object("role", "assistant", "content", "as"),
                            Trees.object("role", "user", "content", words)))))
            .at("/choices/0/message/content")
            .asString();
    assertThat(answer).isEqualTo("asked");
  }

  @Test
  void reasoning_isShownInChat() throws Exception {
    String request =
        """
        {"model":"m","stream":%b,"messages":[{"role":"user","content":"simulate: think well"}]}
        """;
    assertThat(
            client
                .json("/v1/chat/completions", request.formatted(false))
                .at("/choices/0/message/reasoning_content")
                .asString())
        .isEqualTo("well");
    StringBuilder streamed = new StringBuilder();
    for (Client.Event event : client.events("/v1/chat/completions", request.formatted(true))) {
      if (!event.data().equals("[DONE]")) {
        streamed.append(event.json().at("/choices/0/delta/reasoning_content").asString(""));
      }
    }
    assertThat(streamed).hasToString("well");
  }

  @Test
  void every_spoilsOnlySoManiethRequests() throws Exception {
    String request =
        """
        {"model":"simulated-shaky","stream":true,"messages":[{"role":"user","content":"hello"}]}
        """;
    List<Integer> failed = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      if (client.post("/v1/chat/completions", request).body().contains("server_error")) {
        failed.add(i);
      }
    }
    assertThat(failed).containsExactly(5, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, authorization, 'Bearer ', 200",
    "/openai/deployments/d/chat/completions, api-key, '', 200",
    "/openai/v1/chat/completions, api-key, '', 200",
    "/v1/chat/completions, x-api-key, '', 200",
    "/v1/chat/completions, x-goog-api-key, '', 200",
    "/v1/chat/completions, x-other, '', 403",
    "/openai/nothing, api-key, '', 404"
  })
  void provider_takesAVendorsCredential(String path, String header, String prefix, int status)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(client.provider.baseUrl().resolve(path))
            .header(header, prefix + client.provider.secret().reveal())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(status);
  }
}
