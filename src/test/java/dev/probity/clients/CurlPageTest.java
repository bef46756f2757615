package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.server.RunningProbity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/** Runs what docs/reference/curl.md tells the reader to run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlPageTest {
  private static final Path PAGE = Path.of("docs/reference/curl.md");
  private static final Pattern SETTINGS = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)### ([^\n]+)\n\n```sh\n(.*?)```\n\n((?:→ [^\n]+\n)+)");
  private static final Pattern EXPECTED = Pattern.compile("→ `(.+)`");

  private String page = "";
  private RunningProbity probity;
  private String key = "";

  /** A heading, its command, and what must be in the answer. */
  private record Example(String heading, String command, List<String> expected) {}

  @BeforeAll
  void start() throws Exception {
    page = Files.readString(PAGE);
    MatchResult settings = SETTINGS.matcher(page).results().findFirst().orElseThrow();
    probity = RunningProbity.start(settings.group(1));
    String created = probity.send("POST", "/api/keys", "{\"name\":\"curl\"}").body();
    key = JsonMapper.shared().readTree(created).path("key").asString();
  }

  @AfterAll
  void stop() throws IOException {
    probity.close();
  }

  @TestFactory
  Stream<DynamicTest> examples_work() {
    List<Example> examples =
        EXAMPLE
            .matcher(page)
            .results()
            .map(match ->
                new Example(
                    match.group(1),
                    match.group(2),
                    EXPECTED
                        .matcher(match.group(3))
                        .results()
                        .map(expected -> expected.group(1))
                        .toList()))
            .toList();
    assertThat(examples.stream().map(example -> example.heading().replaceFirst(":.*", "")))
        .containsExactlyElementsOf(pairs());
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.heading(), () -> run(example)));
  }

  private static List<String> pairs() {
    List<String> dialects = List.of("chat", "responses", "messages", "gemini");
    List<String> pairs = new ArrayList<>();
    for (String client : dialects) {
      for (String provider : dialects) {
        pairs.add(client + " → " + provider);
      }
    }
    return pairs;
  }

  private void run(Example example) throws IOException, InterruptedException {
    Packages.requireProgram("curl");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", example.command())
            .redirectErrorStream(true);
    builder.environment().put("PROBITY", probity.baseUri().toString());
    builder.environment().put("KEY", key);
    Process process = builder.start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).describedAs(answer).isZero();
    assertThat(answer).contains(example.expected());
  }
}
