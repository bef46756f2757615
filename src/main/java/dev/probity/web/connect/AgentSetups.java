package dev.probity.web.connect;

import dev.probity.web.connect.Snippet.Block;
import java.util.List;

/**
 * The settings with which agents report, ready to paste. {@code YOUR_KEY} is where the key goes.
 */
final class AgentSetups {
  /** As URLs name them, in the order in which they are offered. */
  static final List<String> IDS =
      List.of(
          "claude-code",
          "codex",
          "gemini-cli",
          "qwen-code",
          "copilot",
          "opencode",
          "cursor",
          "gen-ai");

  private static final String SHELL = "Shell";

  /** Without a space, which some SDKs want encoded. */
  private static final String HEADER = "export OTEL_EXPORTER_OTLP_HEADERS=\"x-api-key=YOUR_KEY\"\n";

  private AgentSetups() {}

  static List<AgentSetup> all(Collector to) {
    return IDS.stream().map(id -> of(id, to)).toList();
  }

  /** One agent's; without a way over gRPC where that is not served. */
  static AgentSetup of(String id, Collector to) {
    AgentSetup setup = whole(id, to);
    return to.grpc().isEmpty()
        ? new AgentSetup(
            setup.id(), setup.title(), setup.hint(), setup.blocks(), List.of(), setup.more())
        : setup;
  }

  private static AgentSetup whole(String id, Collector to) {
    return switch (id) {
      case "claude-code" -> claudeCode(to);
      case "codex" -> codex(to);
      case "gemini-cli" -> geminiCli(to);
      case "qwen-code" -> qwenCode(to);
      case "copilot" -> copilot(to);
      case "opencode" -> openCode(to);
      case "cursor" -> cursor(to);
      case "gen-ai" -> genAi(to);
      default -> throw new IllegalArgumentException(id + " (expected: one of " + IDS + ")");
    };
  }

  private static AgentSetup claudeCode(Collector to) {
    return new AgentSetup(
        "claude-code",
        "Claude Code",
        "Add the lines to your shell's profile to keep them. Prompts and answers stay on your"
            + " machine.",
        List.of(new Block(SHELL, claudeShell("http/protobuf", to.http()))),
        List.of(new Block(SHELL, claudeShell("grpc", to.grpc()))),
        List.of(
            new Block(
                "For everybody: managed-settings.json",
                """
                {
                  "env": {
                    "CLAUDE_CODE_ENABLE_TELEMETRY": "1",
                    "OTEL_METRICS_EXPORTER": "otlp",
                    "OTEL_LOGS_EXPORTER": "otlp",
                    "OTEL_METRICS_INCLUDE_REPOSITORY": "true",
                    "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "%s",
                    "OTEL_EXPORTER_OTLP_HEADERS": "x-api-key=YOUR_KEY"
                  }
                }
                """
                    .formatted(to.http())),
            new Block(
                "Also tell when it waits for a person (beta)",
                """
                export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1
                export OTEL_TRACES_EXPORTER=otlp
                """),
            team()));
  }

  private static String claudeShell(String protocol, String endpoint) {
    return """
    export CLAUDE_CODE_ENABLE_TELEMETRY=1
    export OTEL_METRICS_EXPORTER=otlp
    export OTEL_LOGS_EXPORTER=otlp
    export OTEL_METRICS_INCLUDE_REPOSITORY=true
    export OTEL_EXPORTER_OTLP_PROTOCOL=%s
    export OTEL_EXPORTER_OTLP_ENDPOINT="%s"
    %sclaude
    """
        .formatted(protocol, endpoint, HEADER);
  }

  private static AgentSetup codex(Collector to) {
    return new AgentSetup(
        "codex",
        "Codex CLI",
        "Its events say everything; its metrics name no session and its spans repeat them, so only"
            + " the events are switched on. The address is the whole path.",
        List.of(
            new Block(
                "~/.codex/config.toml",
                """
                [otel]
                log_user_prompt = false

                [otel.exporter.otlp-http]
                endpoint = "%s/v1/logs"
                protocol = "binary"

                [otel.exporter.otlp-http.headers]
                Authorization = "Bearer YOUR_KEY"
                """
                    .formatted(to.http()))),
        List.of(
            new Block(
                "~/.codex/config.toml",
                """
                [otel]
                log_user_prompt = false

                [otel.exporter.otlp-grpc]
                endpoint = "%s"

                [otel.exporter.otlp-grpc.headers]
                Authorization = "Bearer YOUR_KEY"
                """
                    .formatted(to.grpc()))),
        List.of(team()));
  }

  private static AgentSetup geminiCli(Collector to) {
    return new AgentSetup(
        "gemini-cli",
        "Gemini CLI",
        "It would send prompts unless logPrompts is false. The key goes into the environment: its"
            + " settings have no place for it.",
        List.of(
            new Block("~/.gemini/settings.json", geminiSettings("http", to.http())),
            new Block(SHELL, HEADER + "gemini\n")),
        List.of(
            new Block("~/.gemini/settings.json", geminiSettings("grpc", to.grpc())),
            new Block(SHELL, HEADER + "gemini\n")),
        List.of(team()));
  }

  private static String geminiSettings(String protocol, String endpoint) {
    return """
    {
      "telemetry": {
        "enabled": true,
        "target": "local",
        "otlpProtocol": "%s",
        "otlpEndpoint": "%s",
        "logPrompts": false
      }
    }
    """
        .formatted(protocol, endpoint);
  }

  private static AgentSetup qwenCode(Collector to) {
    return new AgentSetup(
        "qwen-code",
        "Qwen Code",
        "Add the lines to your shell's profile to keep them.",
        List.of(new Block(SHELL, qwenShell("http", to.http()))),
        List.of(new Block(SHELL, qwenShell("grpc", to.grpc()))),
        List.of(team()));
  }

  private static String qwenShell(String protocol, String endpoint) {
    return """
    export QWEN_TELEMETRY_ENABLED=true
    export QWEN_TELEMETRY_TARGET=local
    export QWEN_TELEMETRY_OTLP_PROTOCOL=%s
    export QWEN_TELEMETRY_OTLP_ENDPOINT="%s"
    export QWEN_TELEMETRY_LOG_PROMPTS=false
    export QWEN_TELEMETRY_METRICS_INCLUDE_SESSION_ID=true
    %sqwen
    """
        .formatted(protocol, endpoint, HEADER);
  }

  private static AgentSetup copilot(Collector to) {
    return new AgentSetup(
        "copilot",
        "Copilot in VS Code",
        "Start VS Code from a shell that has the key: its settings have no place for it.",
        List.of(
            new Block("settings.json", copilotSettings("otlp-http", to.http())),
            new Block(SHELL, HEADER + "code .\n")),
        List.of(
            new Block("settings.json", copilotSettings("otlp-grpc", to.grpc())),
            new Block(SHELL, HEADER + "code .\n")),
        List.of(team()));
  }

  private static String copilotSettings(String exporter, String endpoint) {
    return """
    {
      "github.copilot.chat.otel.enabled": true,
      "github.copilot.chat.otel.exporterType": "%s",
      "github.copilot.chat.otel.otlpEndpoint": "%s",
      "github.copilot.chat.otel.captureContent": false
    }
    """
        .formatted(exporter, endpoint);
  }

  private static AgentSetup openCode(Collector to) {
    return new AgentSetup(
        "opencode",
        "OpenCode",
        "It reports spans. They carry messages, too, which are dropped at the door.",
        List.of(
            new Block(
                "opencode.json",
                """
                {
                  "experimental": { "openTelemetry": true }
                }
                """),
            new Block(
                SHELL,
                """
                export OTEL_EXPORTER_OTLP_ENDPOINT="%s"
                %sopencode
                """
                    .formatted(to.http(), HEADER))),
        List.of(),
        List.of(team()));
  }

  private static AgentSetup cursor(Collector to) {
    return new AgentSetup(
        "cursor",
        "Cursor",
        "Cursor's own servers report, for Enterprise teams: this address must be reachable from the"
            + " internet, over https.",
        List.of(
            new Block("Endpoint, in the team's dashboard", to.http() + "\n"),
            new Block("Header", "Authorization: Bearer YOUR_KEY\n")),
        List.of(),
        List.of());
  }

  private static AgentSetup genAi(Collector to) {
    return new AgentSetup(
        "gen-ai",
        "Any OpenTelemetry SDK",
        "For programs that follow the GenAI conventions (gen_ai.*). Give each a name of its own.",
        List.of(new Block(SHELL, sdkShell("http/protobuf", to.http()))),
        List.of(new Block(SHELL, sdkShell("grpc", to.grpc()))),
        List.of(team()));
  }

  private static String sdkShell(String protocol, String endpoint) {
    return """
    export OTEL_SERVICE_NAME="my-agent"
    export OTEL_EXPORTER_OTLP_PROTOCOL=%s
    export OTEL_EXPORTER_OTLP_ENDPOINT="%s"
    export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%%20YOUR_KEY"
    """
        .formatted(protocol, endpoint);
  }

  private static Block team() {
    return new Block(
        "Say which team it is",
        """
        export OTEL_RESOURCE_ATTRIBUTES="team.id=platform"
        """);
  }
}
