package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

class GeminiCliTest extends AgentTest {
  @Override
  Invocation invocation(Sandbox sandbox, String model, String prompt) throws IOException {
    ClientsPage page = page(model);
    sandbox.writeHome(".gemini/settings.json", page.block("Gemini CLI", "json"));
    Map<String, String> environment = new HashMap<>(page.environment("Gemini CLI"));
    environment.put("GEMINI_CLI_TRUST_WORKSPACE", "true");
    return new Invocation(
        environment,
        List.of(
            "node",
            sandbox.packages() + "/node_modules/@google/gemini-cli/bundle/gemini.js",
            "--yolo",
            "-m",
            model,
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
  String family() {
    return "gemini-2.5-pro";
  }

  @Override
  String showing(Path image) {
    return "simulate: read " + image + "\nsimulate: then\n";
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
