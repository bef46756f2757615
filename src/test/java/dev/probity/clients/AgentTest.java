package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A coding agent that is given a prompt and works until it is done, with nobody there, on models of
 * every dialect.
 */
abstract class AgentTest extends ClientTest {
  private static final String FINISH = "simulate: then\nsimulate: say all is done";
  private static final int TURNS = 20;

  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
                  + "rkJggg==");

  /** How to call the agent; {@code pixel.png} in its project is an image that it may be shown. */
  abstract Invocation invocation(Sandbox sandbox, String model, String prompt) throws IOException;

  /** What the agent says in the end. */
  abstract String answer(Sandbox.Result result);

  /** The agent's dialect. */
  abstract String dialect();

  /** What the agent's vendor calls its models. */
  abstract String family();

  /** The lines of a prompt with which the agent shows its model {@code pixel.png}. */
  abstract String showing(Path image);

  /** The session that the agent's log line and headers both name; empty if it sends none. */
  abstract String session(Sandbox.Result result);

  @Test
  void agent_runsATool_andIsDone(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      String prompt = "Please do it.\nsimulate: run echo effect > made.txt\n" + FINISH;
      Sandbox.Result result = sandbox.run(invocation(sandbox, MODEL, prompt));
      assertThat(sandbox.project().resolve("made.txt")).hasContent("effect\n");
      assertThat(answer(result)).isEqualTo("all is done");
      List<JsonNode> exchanges = expectExchanges(dialect(), Providers.ANY, 2);
      if (!session(result).isEmpty()) {
        assertThat(exchanges)
            .allMatch(exchange -> exchange.path("session_id").asString("").equals(session(result)));
      }
    }
  }

  /**
   * Thoughts, an image, many tools, and a provider that fails in the middle of every fifth answer.
   */
  @ParameterizedTest
  @EnumSource(Providers.class)
  void agent_keepsOnForTwentyTurns_whateverTheProvider(Providers provider, @TempDir Path folder)
      throws Exception {
    String script =
        IntStream.rangeClosed(1, TURNS)
            .mapToObj(turn -> "simulate: run echo " + turn + " >> turns.txt")
            .collect(Collectors.joining("\nsimulate: then\n"));
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      Path image = Files.write(sandbox.project().resolve("pixel.png"), PNG);
      String prompt =
          "simulate: think One thing after the other.\n"
              + showing(image)
              + script
              + "\nsimulate: then\nsimulate: look";
      String model = provider.model(family()) + "-simulated-shaky";
      Sandbox.Result result = sandbox.run(invocation(sandbox, model, prompt));
      assertThat(sandbox.project().resolve("turns.txt"))
          .describedAs(result.out() + result.errors())
          .exists();
      assertThat(Files.readAllLines(sandbox.project().resolve("turns.txt")))
          .describedAs(result.out() + result.errors())
          .isEqualTo(IntStream.rangeClosed(1, TURNS).mapToObj(Integer::toString).toList());
      assertThat(answer(result))
          .describedAs(exchanges() + "\n" + result.out())
          .contains("I see image/png of")
          .contains(" 0 foreign");
      List<JsonNode> exchanges = exchanges().stream().filter(AgentTest::isAnswer).toList();
      assertThat(exchanges)
          .allMatch(exchange -> exchange.path("dialect").asString().equals(dialect()))
          .allMatch(exchange -> exchange.path("provider").asString().equals(provider.kind()));
      assertThat(exchanges.stream().filter(AgentTest::completed)).hasSizeGreaterThan(TURNS);
      // Where a turn is one piece, there is no middle to break off in; and what fails ahead of any
      // content Probity mends by itself.
      if (provider != Providers.GEMINI) {
        assertThat(exchanges)
            .anyMatch(
                exchange -> !completed(exchange) || exchange.at("/trail/attempts").size() > 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Providers.class,
      names = {"COMPATIBLE", "RESPONSES", "ANTHROPIC", "GEMINI"})
  void agent_thatIsStopped_stopsTheProvider(Providers provider, @TempDir Path folder)
      throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      String model = provider.model(family()) + "-simulated-slow";
      sandbox.runUntilItHears(invocation(sandbox, model, "simulate: words 50"));
      assertThat(awaitOutcome("cancelled").path("dialect").asString()).isEqualTo(dialect());
    }
  }

  /** Not a count of tokens, which Probity may make by itself. */
  private static boolean isAnswer(JsonNode exchange) {
    return !exchange.path("operation").asString().contains("count");
  }

  private static boolean completed(JsonNode exchange) {
    return exchange.path("outcome").asString().equals("completed");
  }
}
