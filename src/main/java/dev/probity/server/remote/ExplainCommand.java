package dev.probity.server.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.net.URLEncoder;
import tools.jackson.databind.JsonNode;

/** {@code ./probity explain EXCHANGE}: why a call went where it went and what became of it. */
public final class ExplainCommand {
  private final ControlClient probity;
  private final PrintStream out;
  private final PrintStream err;

  public ExplainCommand(ControlClient probity, PrintStream out, PrintStream err) {
    this.probity = probity;
    this.out = out;
    this.err = err;
  }

  /**
   * @param exchange its id, as the header {@code x-probity-exchange} gave it
   * @return the exit status
   */
  public int run(String exchange) {
    try {
      JsonNode found = probity.get("/api/exchanges/" + URLEncoder.encode(exchange, UTF_8));
      for (JsonNode sentence : found.path("explanation")) {
        out.println(sentence.asString(""));
      }
      return 0;
    } catch (RemoteException e) {
      err.println("probity: " + e.getMessage());
      return 1;
    }
  }
}
