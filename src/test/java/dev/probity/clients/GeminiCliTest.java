package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

class GeminiCliTest extends AgentTest {
  @Override
  Sandbox.Result run(Sandbox sandbox, String prompt) throws IOException, InterruptedException {
    sandbox.writeHome(
        ".gemini/settings.json",
        """
        {"security": {"auth": {"selectedType": "gemini-api-key"}},
         "general": {"disableAutoUpdate": true, "disableUpdateNag": true},
         "privacy": {"usageStatisticsEnabled": false}}
        """);
    return sandbox.run(
        Map.of(
            "GOOGLE_GEMINI_BASE_URL", base(),
            "GEMINI_API_KEY", key(),
            "GEMINI_CLI_TRUST_WORKSPACE", "true"),
        List.of(
            "node",
            sandbox.packages() + "/node_modules/@google/gemini-cli/bundle/gemini.js",
            "--yolo",
            "-m",
            MODEL,
            "-o",
            "json",
            "-p",
            prompt));
  }

  @Override
  String answer(Sandbox.Result result) {
    JsonNode json = result.json();
    JsonNode tools = json.at("/stats/tools");
    assertThat(tools.path("totalCalls").asLong())
        .isPositive()
        .isEqualTo(tools.path("totalSuccess").asLong());
    return json.path("response").asString();
  }

  @Override
  String dialect() {
    return "gemini";
  }

  @Override
  String session(Sandbox.Result result) {
    return "";
  }
}
