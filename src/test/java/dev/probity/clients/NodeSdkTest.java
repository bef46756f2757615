package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vendors' SDKs for Node: each runs a tool in a loop until there is an answer. */
class NodeSdkTest extends ClientTest {

  @ParameterizedTest
  @CsvSource({
    "openai.mjs, chat, chat, false",
    "openai.mjs, chat, chat, true",
    "openai.mjs, responses, responses, false",
    "openai.mjs, responses, responses, true",
    "anthropic.mjs, messages, messages, false",
    "anthropic.mjs, messages, messages, true",
    "genai.mjs, content, gemini, false",
    "genai.mjs, content, gemini, true"
  })
  void sdk_callsAToolAndAnswers(
      String script, String api, String dialect, boolean streamed, @TempDir Path folder)
      throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, target.baseUri())) {
      JsonNode result =
          sandbox
              .run(
                  Map.of(
                      "BASE_URL", target.baseUri().toString(),
                      "API_KEY", target.key(),
                      "HEADERS", JsonMapper.shared().writeValueAsString(target.headers()),
                      "PACKAGES", sandbox.packages() + "/",
                      "MODEL", MODEL),
                  List.of(
                      "node", sandbox.script(script).toString(), api, Boolean.toString(streamed)))
              .json();
      assertThat(result.path("cities").toString()).isEqualTo("[\"Oslo\",\"Rome\"]");
      assertThat(result.path("text").asString()).contains("8 characters");
      assertThat(result.path("tokens").asLong()).isPositive();
      expectExchanges(dialect, 2);
    }
  }
}
