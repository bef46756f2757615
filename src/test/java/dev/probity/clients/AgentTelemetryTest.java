package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.server.RunningProbity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real agents, with nothing but Probity to reach, work through its gateway and report to it:
 * every token and nano-USD that they report is the one that the simulated provider gave them.
 */
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentTelemetryTest {
  /** How an agent is told to report. */
  enum Transport {
    HTTP,
    GRPC
  }

  /** In prompts, commands and output: never to be seen again. */
  private static final String CANARY = "canary-sings-at-dawn";

  private static final String EVERY_MODEL =
      """
      server: { otlp_grpc_port: 0, otlp_http_port: 0 }
      deployments: [ { name: vendor, kind: simulated } ]
      models: [ { name: "*", routes: [ { deployment: vendor } ] } ]
      """;

  private RunningProbity probity;
  private String key;

  @BeforeAll
  void start() throws Exception {
    Packages.require();
    probity = RunningProbity.start(EVERY_MODEL);
    String created = probity.send("POST", "/api/keys", "{\"name\":\"an agent\"}").body();
    key = JsonMapper.shared().readTree(created).path("key").asString();
  }

  @AfterAll
  void stop() throws IOException {
    if (probity != null) {
      probity.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void claudeCode_isCountedToTheNanoUsd(Transport transport, @TempDir Path folder)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("ANTHROPIC_BASE_URL", probity.baseUri().toString());
    environment.put("ANTHROPIC_API_KEY", key);
    environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    environment.put("DISABLE_AUTOUPDATER", "1");
    environment.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
    environment.put("OTEL_METRICS_EXPORTER", "otlp");
    environment.put("OTEL_LOGS_EXPORTER", "otlp");
    environment.put("OTEL_LOG_USER_PROMPTS", "1");
    environment.put("OTEL_LOG_TOOL_DETAILS", "1");
    environment.put(
        "OTEL_EXPORTER_OTLP_PROTOCOL", transport == Transport.GRPC ? "grpc" : "http/protobuf");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint(transport));
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer " + key);
    environment.put("OTEL_RESOURCE_ATTRIBUTES", "team.id=platform");
    Sandbox.Result result =
        run(
            folder,
            environment,
            prompt(
                "uncached_input=1201 cache_read=4000 cache_write_5m=300 output_text=42",
                "uncached_input=1202 cache_read=4000 cache_write_5m=300 output_text=42"),
            List.of(
                "@/node_modules/@anthropic-ai/claude-code-linux-%s/claude"
                    .formatted(Packages.architecture("x64", "arm64")),
                "-p",
                "PROMPT",
                "--model",
                "claude-opus-5-5",
                "--output-format",
                "json",
                "--dangerously-skip-permissions"),
            Map.of());
    JsonNode session = session("claude-code", result.json().path("session_id").asString());
    expectUsage(session, 2403, 8000, 600, 84, 0);
    // What the client itself says for these: 0.007944 and 0.007948 USD.
    assertThat(session.path("charge_nano_usd").asLong()).isEqualTo(7_944_000 + 7_948_000);
    assertThat(session.path("claimed_nano_usd").asLong()).isEqualTo(7_944_000 + 7_948_000);
    assertThat(session.path("team").asString()).isEqualTo("platform");
    expectMeasuredAlike(session);
    expectSumsOfSessions("claude-code");
    expectOneTool(session, "Bash");
  }

  @ParameterizedTest
  @EnumSource
  void codex_isCountedToTheNanoUsd(Transport transport, @TempDir Path folder) throws Exception {
    String exporter =
        transport == Transport.GRPC
            ? "{ otlp-grpc = { endpoint = \"%s\", headers = { authorization = \"Bearer %s\" } } }"
                .formatted(endpoint(transport), key)
            : "{ otlp-http = { endpoint = \"%s/v1/SIGNAL\", protocol = \"binary\", headers = { authorization = \"Bearer %s\" } } }"
                .formatted(endpoint(transport), key);
    String settings =
        """
        model = "gpt-5.5"
        model_provider = "probity"
        check_for_update_on_startup = false
        [analytics]
        enabled = true
        [model_providers.probity]
        name = "Probity"
        base_url = "%s/v1"
        env_key = "PROBITY_KEY"
        wire_api = "responses"
        [otel]
        environment = "test"
        log_user_prompt = true
        exporter = %s
        metrics_exporter = %s
        trace_exporter = %s
        """
            .formatted(
                probity.baseUri(),
                exporter.replace("SIGNAL", "logs"),
                exporter.replace("SIGNAL", "metrics"),
                exporter.replace("SIGNAL", "traces"));
    Sandbox.Result result =
        run(
            folder,
            Map.of("PROBITY_KEY", key),
            prompt(
                "uncached_input=501 cache_read=1500 output_text=44 output_reasoning=33",
                "uncached_input=502 cache_read=1500 output_text=44 output_reasoning=33"),
            List.of(
                "@/node_modules/@openai/codex-linux-%s/vendor/%s-unknown-linux-musl/bin/codex"
                    .formatted(
                        Packages.architecture("x64", "arm64"),
                        Packages.architecture("x86_64", "aarch64")),
                "exec",
                "--json",
                "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox",
                "PROMPT"),
            Map.of(".codex/config.toml", settings));
    assertThat(result.exitCode()).describedAs(result.errors()).isZero();
    String id =
        JsonMapper.shared()
            .readTree(result.out().lines().findFirst().orElseThrow())
            .path("thread_id")
            .asString();
    JsonNode session = session("codex", id);
    // 4,003 input with 3,000 of it cached, 154 output with 66 of it reasoning.
    expectUsage(session, 1003, 3000, 0, 88, 66);
    // 5 USD, 0.50 USD and 30 USD for a million.
    assertThat(session.path("charge_nano_usd").asLong())
        .isEqualTo(1003 * 5_000L + 3000 * 500L + 154 * 30_000L);
    assertThat(session.path("claimed_nano_usd").isNull()).isTrue();
    expectMeasuredAlike(session);
    expectSumsOfSessions("codex");
    assertThat(session.path("tool_calls").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void geminiCli_isCountedToTheNanoUsd(Transport transport, @TempDir Path folder) throws Exception {
    String settings =
        """
        {"security": {"auth": {"selectedType": "gemini-api-key"}},
         "general": {"disableAutoUpdate": true, "disableUpdateNag": true},
         "privacy": {"usageStatisticsEnabled": false},
         "telemetry": {"enabled": true, "traces": true, "target": "local", "logPrompts": true,
                       "otlpEndpoint": "%s", "otlpProtocol": "%s"}}
        """
            .formatted(endpoint(transport), transport == Transport.GRPC ? "grpc" : "http");
    Sandbox.Result result =
        run(
            folder,
            Map.of(
                "GOOGLE_GEMINI_BASE_URL",
                probity.baseUri().toString(),
                "GEMINI_API_KEY",
                key,
                "GEMINI_CLI_TRUST_WORKSPACE",
                "true",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "authorization=Bearer " + key),
            prompt(
                "uncached_input=1977 cache_read=1024 output_text=21 output_reasoning=19",
                "uncached_input=1978 cache_read=1024 output_text=21 output_reasoning=19"),
            List.of(
                "node",
                "@/node_modules/@google/gemini-cli/bundle/gemini.js",
                "--yolo",
                "-m",
                "gemini-3.8-flash",
                "-o",
                "json",
                "-p",
                "PROMPT"),
            Map.of(".gemini/settings.json", settings));
    String id = result.json().path("session_id").asString("");
    JsonNode session = session("gemini-cli", id);
    List<JsonNode> calls = new ArrayList<>();
    for (JsonNode event : session.path("events")) {
      if (event.path("kind").asString().equals("model_call")
          && event.path("model").asString().equals("gemini-3.8-flash")) {
        calls.add(event);
      }
    }
    assertThat(calls).hasSize(2);
    // 3,001 input with 1,024 of it cached, 21 output and 19 of thoughts beside it.
    JsonNode usage = calls.getFirst().path("usage");
    assertThat(usage.path("uncached_input").asLong()).isEqualTo(1977);
    assertThat(usage.path("cache_read").asLong()).isEqualTo(1024);
    assertThat(usage.path("output_text").asLong()).isEqualTo(21);
    assertThat(usage.path("output_reasoning").asLong()).isEqualTo(19);
    // 0.75 USD, 0.075 USD and 3.75 USD for a million.
    assertThat(calls.getFirst().path("charge_nano_usd").asLong())
        .isEqualTo(1977 * 750L + 1024 * 75L + 40 * 3_750L);
    expectSumsOfSessions("gemini-cli");
    assertThat(session.path("tool_calls").asLong()).isEqualTo(1);
  }

  private static String prompt(String firstUsage, String secondUsage) {
    return "Please do it, "
        + CANARY
        + ".\nsimulate: usage "
        + firstUsage
        + "\nsimulate: run echo "
        + CANARY
        + " > "
        + CANARY
        + ".txt\nsimulate: then\nsimulate: usage "
        + secondUsage
        + "\nsimulate: say all is done";
  }

  private Sandbox.Result run(
      Path folder,
      Map<String, String> environment,
      String prompt,
      List<String> command,
      Map<String, String> files)
      throws IOException, InterruptedException {
    try (Sandbox sandbox =
        new Sandbox(folder, probity.baseUri(), probity.otlpHttpPort(), probity.otlpGrpcPort())) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        sandbox.writeHome(file.getKey(), file.getValue());
      }
      List<String> words =
          command.stream()
              .map(word ->
                  word.equals("PROMPT")
                      ? prompt
                      : word.startsWith("@/") ? sandbox.packages() + word.substring(1) : word)
              .toList();
      Sandbox.Result result = sandbox.run(environment, words);
      assertThat(sandbox.project().resolve(CANARY + ".txt")).hasContent(CANARY + "\n");
      return result;
    }
  }

  private String endpoint(Transport transport) {
    return "http://127.0.0.1:"
        + (transport == Transport.GRPC ? probity.otlpGrpcPort() : probity.otlpHttpPort());
  }

  /** The agent's newest session, or that of an id, with its events; nothing of content in it. */
  private JsonNode session(String agent, String id) throws IOException, InterruptedException {
    probity.awaitStored();
    JsonNode items = probity.get("/api/sessions?limit=1&agent=" + agent).path("items");
    assertThat(items.size()).isEqualTo(1);
    String found = items.path(0).path("id").asString();
    if (!id.isEmpty()) {
      assertThat(found).isEqualTo(id);
    }
    JsonNode session = probity.get("/api/sessions/" + found);
    assertThat(session.toString()).doesNotContain(CANARY);
    return session;
  }

  private static void expectUsage(
      JsonNode session, long input, long read, long written, long text, long reasoning) {
    JsonNode usage = session.path("usage");
    assertThat(usage.path("uncached_input").asLong()).as("input").isEqualTo(input);
    assertThat(usage.path("cache_read").asLong()).as("cache read").isEqualTo(read);
    assertThat(usage.path("cache_write_5m").asLong()).as("cache write").isEqualTo(written);
    assertThat(usage.path("output_text").asLong()).as("text").isEqualTo(text);
    assertThat(usage.path("output_reasoning").asLong()).as("reasoning").isEqualTo(reasoning);
    assertThat(session.path("model_calls").asLong()).isEqualTo(2);
  }

  /** What the sums say of an agent is what its sessions say: nothing is counted on two signals. */
  private void expectSumsOfSessions(String agent) throws IOException, InterruptedException {
    long calls = 0;
    long charge = 0;
    for (JsonNode session : probity.get("/api/sessions?limit=100&agent=" + agent).path("items")) {
      calls += session.path("model_calls").asLong();
      charge += session.path("charge_nano_usd").asLong();
    }
    for (JsonNode row :
        probity.get("/api/usage?source=telemetry&group_by=agent&agent=" + agent).path("items")) {
      calls -= row.path("model_calls").asLong();
      charge -= row.path("charge_nano_usd").asLong();
    }
    assertThat(calls).as("model calls").isZero();
    assertThat(charge).as("charge").isZero();
  }

  /** The session went through the gateway, too, and both say the same. */
  private static void expectMeasuredAlike(JsonNode session) {
    JsonNode gateway = session.path("gateway");
    assertThat(gateway.path("model_calls").asLong()).isEqualTo(2);
    assertThat(gateway.path("usage").path("uncached_input").asLong())
        .isEqualTo(session.path("usage").path("uncached_input").asLong());
    assertThat(session.path("difference").path("tokens").asLong()).isZero();
  }

  private static void expectOneTool(JsonNode session, String tool) {
    assertThat(session.path("tool_calls").asLong()).isEqualTo(1);
    List<String> tools = new ArrayList<>();
    for (JsonNode event : session.path("events")) {
      if (event.path("kind").asString().equals("tool_result")) {
        tools.add(event.path("tool").asString());
      }
    }
    assertThat(tools).containsExactly(tool);
  }
}
