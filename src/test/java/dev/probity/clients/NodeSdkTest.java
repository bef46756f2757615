package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The vendors' SDKs for Node: each runs a tool in a loop until there is an answer. */
class NodeSdkTest extends ClientTest {

  @ParameterizedTest
  @CsvSource({
    "openai.mjs, chat, '', chat, false",
    "openai.mjs, chat, '', chat, true",
    "openai.mjs, responses, /openai, responses, false",
    "openai.mjs, responses, '', responses, true",
    "anthropic.mjs, messages, '', messages, false",
    "anthropic.mjs, messages, /anthropic, messages, true",
    "genai.mjs, content, /genai, gemini, false",
    "genai.mjs, content, '', gemini, true"
  })
  void sdk_callsAToolAndAnswers(
      String script,
      String api,
      String prefix,
      String dialect,
      boolean streamed,
      @TempDir Path folder)
      throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      JsonNode result =
          sandbox
              .run(
                  Map.of(
                      "BASE_URL",
                      base() + prefix,
                      "API_KEY",
                      key(),
                      "PACKAGES",
                      sandbox.packages() + "/",
                      "MODEL",
                      MODEL),
                  List.of(
                      "node", sandbox.script(script).toString(), api, Boolean.toString(streamed)))
              .json();
      assertThat(result.path("cities").toString()).isEqualTo("[\"Oslo\",\"Rome\"]");
      assertThat(result.path("text").asString()).contains("8 characters");
      assertThat(result.path("tokens").asLong()).isPositive();
      assertThat(expectExchanges(dialect, 2))
          .hasSize(2)
          .allMatch(exchange -> exchange.path("stream").asBoolean() == streamed);
    }
  }
}
