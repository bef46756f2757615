package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

class ClaudeCodeTest extends AgentTest {
  @Override
  Invocation invocation(Sandbox sandbox, String model, String prompt) {
    return new Invocation(
        page(model).environment("Claude Code"),
        List.of(
            // The platform's own program: what its wrapper needs is put in place by a script.
            sandbox.packages()
                + "/node_modules/@anthropic-ai/claude-code-linux-%s/claude"
                    .formatted(Packages.architecture("x64", "arm64")),
            "-p",
            prompt,
            "--model",
            model,
            "--output-format",
            "json",
            "--dangerously-skip-permissions"));
  }

  @Override
  String answer(Sandbox.Result result) {
    JsonNode json = result.json();
    assertThat(json.path("is_error").asBoolean(true)).isFalse();
    assertThat(json.path("usage").path("output_tokens").asLong()).isPositive();
    return json.path("result").asString();
  }

  @Override
  String family() {
    return "claude-sonnet-4-5";
  }

  @Override
  String showing(Path image) {
    return "simulate: read " + image + "\nsimulate: then\n";
  }

  @Override
  String dialect() {
    return "messages";
  }

  @Override
  String session(Sandbox.Result result) {
    return result.json().path("session_id").asString();
  }
}
