package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CodexTest extends AgentTest {
  /** More lines for the provider in Codex's settings. */
  String providerSettings() {
    return "";
  }

  @Override
  Invocation invocation(Sandbox sandbox, String model, String prompt) throws IOException {
    sandbox.writeHome(
        ".codex/config.toml", page(model).block("Codex", "toml") + providerSettings());
    List<String> command =
        new ArrayList<>(
            List.of(
                sandbox.packages()
                    + "/node_modules/@openai/codex-linux-%s/vendor/%s-unknown-linux-musl/bin/codex"
                        .formatted(
                            Packages.architecture("x64", "arm64"),
                            Packages.architecture("x86_64", "aarch64")),
                "exec",
                "--json",
                "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox",
                prompt));
    Path image = sandbox.project().resolve("pixel.png");
    if (Files.exists(image)) {
      command.addAll(List.of("--image", image.toString()));
    }
    return new Invocation(Map.of("PROBITY_KEY", key()), command);
  }

  @Override
  String answer(Sandbox.Result result) {
    assertThat(result.exitCode()).describedAs(result.errors()).isZero();
    List<JsonNode> events = events(result);
    assertThat(events.getLast().path("type").asString()).isEqualTo("turn.completed");
    assertThat(events.getLast().at("/usage/input_tokens").asLong()).isPositive();
    return events.stream()
        .filter(event -> event.at("/item/type").asString("").equals("agent_message"))
        .reduce((first, second) -> second)
        .orElseThrow()
        .at("/item/text")
        .asString();
  }

  @Override
  String family() {
    return "gpt-5";
  }

  /** It is given images with its prompt. */
  @Override
  String showing(Path image) {
    return "";
  }

  @Override
  String dialect() {
    return "responses";
  }

  @Override
  String session(Sandbox.Result result) {
    return events(result).getFirst().path("thread_id").asString();
  }

  private static List<JsonNode> events(Sandbox.Result result) {
    return result.out().lines().map(JsonMapper.shared()::readTree).toList();
  }
}
