package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Treatment;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nothing that a person or a model wrote, and nothing that names a machine, is in what comes of a
 * report, whether or not the reader was built for capture.
 */
class LeakTest {
  private static final Map<String, Attribute> BY_NAME =
      Arrays.stream(Attribute.values())
          .collect(Collectors.toMap(Attribute::wireName, Function.identity()));

  /** Shorter ones are in everything. */
  private static final int SHORTEST = 5;

  @ParameterizedTest
  @CsvSource({
    "LOG, claude-code-logs-everything-on.json, say hi",
    "LOG, claude-code-logs-400.json, fake bad request",
    "METRIC, claude-code-metrics-everything-on.json, ''",
    "SPAN, claude-code-traces.json, echo tokenwatch-demo",
    "LOG, codex-logs.json, /home/dev/project",
    "METRIC, codex-metrics.json, ''",
    "SPAN, codex-traces.json, ''",
    "LOG, gemini-logs.json, tokenwatch-demo",
    "METRIC, gemini-metrics.json, /usr/bin/node",
    "SPAN, gemini-traces.json, run_shell_command__"
  })
  void captures_leakNothing(Signal signal, String capture, String canary) {
    String sent = new String(Heard.bytes(capture), java.nio.charset.StandardCharsets.UTF_8);
    Set<String> secrets = new TreeSet<>();
    collect(JsonMapper.shared().readTree(sent), secrets);
    if (!canary.isEmpty()) {
      assertThat(sent).contains(canary);
      secrets.add(canary);
    }

    for (boolean content : new boolean[] {false, true}) {
      Heard heard = Heard.of(signal, capture, content);
      String everything = heard.everything();
      assertThat(heard.events.size() + heard.points.size() + heard.ignored.size()).isPositive();
      assertThat(secrets).noneSatisfy(secret -> assertThat(everything).contains(secret));
      assertThat(everything)
          .doesNotContain("say hi", "hi from the fake model", "tokenwatch", "/home/dev", "tester");
      if (!content) {
        assertThat(heard.contents).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOG, claude-code-logs-everything-on.json, say hi",
    "LOG, claude-code-logs-everything-on.json, hi from the fake model",
    "SPAN, claude-code-traces.json, echo tokenwatch-demo",
    "LOG, gemini-logs.json, say hi"
  })
  void captures_haveTheirContent_whereCaptureIsOn(Signal signal, String capture, String text) {
    assertThat(Heard.of(signal, capture, true).contents)
        .extracting(Contents.Content::text)
        .contains(text);
  }

  @ParameterizedTest
  @CsvSource({"LOG, claude-code-logs.json", "LOG, claude-code-2.1.197-logs.json"})
  void masks_areNoContent(Signal signal, String capture) {
    assertThat(Heard.of(signal, capture, true).contents).isEmpty();
  }

  /** Every text under a name that must not come through, and every one of its lines. */
  private static void collect(JsonNode node, Set<String> secrets) {
    if (node.isObject() && node.has("key")) {
      Attribute attribute = BY_NAME.get(node.get("key").asString());
      if (attribute != null
          && (attribute.treatment() == Treatment.CONTENT
              || attribute.treatment() == Treatment.DROP)) {
        texts(node.path("value"), secrets);
      }
    }
    node.forEach(child -> collect(child, secrets));
  }

  private static void texts(JsonNode node, Set<String> secrets) {
    if (node.isString() && node.asString().length() >= SHORTEST) {
      secrets.add(node.asString());
    }
    node.forEach(child -> texts(child, secrets));
  }
}
