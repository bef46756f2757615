package dev.probity.server;

import dev.probity.kernel.Secret;
import dev.probity.server.settings.Settings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is printed when Probity serves: where it is, the first key, a way in, and three commands to
 * paste.
 */
final class Greeting {
  private final PrintStream out;

  Greeting(PrintStream out) {
    this.out = out;
  }

  void show(Wiring wiring, Settings settings) {
    String scheme = settings.door().tls().isPresent() ? "https" : "http";
    String base = scheme + "://127.0.0.1:" + wiring.port();
    Optional<Secret> first = wiring.isFirstStart() ? wiring.firstKey() : Optional.empty();
    String key = first.map(Secret::reveal).orElse("$PROBITY_KEY");
    out.println("Probity is ready: " + base);
    out.println();
    if (first.isPresent()) {
      out.println("  First key    " + key + "   (shown this once)");
    } else {
      out.println("  Key          as issued before; in the commands below put it into PROBITY_KEY");
    }
    reports(scheme, wiring.reportPorts());
    out.println("  Sign in      " + wiring.signInLink(base) + "   (once, within 15 minutes)");
    out.println();
    out.println("Ask the simulated model:");
    out.println(
        "  curl "
            + base
            + "/v1/chat/completions -H \"Authorization: Bearer "
            + key
            + "\" -H 'Content-Type: application/json' -d"
            + " '{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
    out.println("Point an OpenAI client at it:");
    out.println("  export OPENAI_BASE_URL=" + base + "/v1 OPENAI_API_KEY=\"" + key + "\"");
    out.println("Let Claude Code report to it, whichever provider it uses:");
    out.println(
        "  CLAUDE_CODE_ENABLE_TELEMETRY=1 OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp"
            + " OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_ENDPOINT="
            + base
            + " OTEL_EXPORTER_OTLP_HEADERS=\"x-api-key="
            + key
            + "\" claude");
    out.println("Point Claude Code at it:");
    out.println(
        "  ANTHROPIC_BASE_URL="
            + base
            + " ANTHROPIC_AUTH_TOKEN=\""
            + key
            + "\" ANTHROPIC_MODEL=simulated ANTHROPIC_SMALL_FAST_MODEL=simulated claude");
    out.println();
    out.flush();
  }

  private void reports(String scheme, Reporting.Ports ports) {
    List<String> where = new ArrayList<>();
    ports.grpc().ifPresent(port -> where.add(scheme + "://127.0.0.1:" + port + " (gRPC)"));
    ports.http().ifPresent(port -> where.add(scheme + "://127.0.0.1:" + port + " (HTTP)"));
    if (!where.isEmpty()) {
      out.println("  OTLP         " + String.join(", ", where));
    }
  }
}
