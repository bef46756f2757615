package dev.probity.server;

import dev.probity.kernel.Secret;
import dev.probity.server.settings.Settings;
import java.io.PrintStream;
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
}
