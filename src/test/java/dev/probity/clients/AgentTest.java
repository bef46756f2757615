package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A coding agent that is given a prompt and works until it is done, with nobody there. */
abstract class AgentTest extends ClientTest {
  private static final String FINISH = "simulate: then\nsimulate: say all is done";

  /** Runs the agent on a prompt. */
  abstract Sandbox.Result run(Sandbox sandbox, String prompt)
      throws IOException, InterruptedException;

  /** What the agent says in the end. */
  abstract String answer(Sandbox.Result result);

  /** The agent's dialect. */
  abstract String dialect();

  /** The session that the agent's log line and headers both name; empty if it sends none. */
  abstract String session(Sandbox.Result result);

  @Test
  void agent_runsATool_andIsDone(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      Sandbox.Result result =
          run(sandbox, "Please do it.\nsimulate: run echo effect > made.txt\n" + FINISH);
      assertThat(sandbox.project().resolve("made.txt")).hasContent("effect\n");
      assertThat(answer(result)).isEqualTo("all is done");
      List<JsonNode> exchanges = expectExchanges(dialect(), 2);
      if (!session(result).isEmpty()) {
        assertThat(exchanges)
            .allMatch(exchange -> exchange.path("session_id").asString("").equals(session(result)));
      }
    }
  }

  @Test
  void agent_keepsOnForTwentyTurns(@TempDir Path folder) throws Exception {
    String script =
        IntStream.rangeClosed(1, 20)
            .mapToObj(turn -> "simulate: run echo " + turn + " >> turns.txt")
            .collect(Collectors.joining("\nsimulate: then\n"));
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      Sandbox.Result result = run(sandbox, script + "\n" + FINISH);
      assertThat(Files.readAllLines(sandbox.project().resolve("turns.txt")))
          .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList());
      assertThat(answer(result)).isEqualTo("all is done");
      expectExchanges(dialect(), 21);
    }
  }
}
