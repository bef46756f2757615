package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Prompts are kept where an administrator switched that on, redacted, and nowhere else. */
class CaptureTest {
  private static final String PROMPT = "Why is the sky blue? Tell ada@example.org.";
  private static final String ARGUMENTS = "rm -rf the-secret-folder";

  @Test
  void prompts_areKeptRedacted_whereItWasSwitchedOn() throws Exception {
    JsonNode session = reported("telemetry: { capture_prompts: true }");
    assertThat(session.path("texts").size()).isEqualTo(1);
    assertThat(session.path("texts").path(0).path("what").asString()).isEqualTo("prompt");
    assertThat(session.path("texts").path(0).path("text").asString())
        .startsWith("Why is the sky blue?")
        .doesNotContain("ada@example.org");
    assertThat(session.toString()).doesNotContain(ARGUMENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"telemetry: { capture_prompts: false }", "simulated: true"})
  void prompts_areNotKept_otherwise(String settings) throws Exception {
    JsonNode session = reported(settings);
    assertThat(session.path("prompts").asLong()).isEqualTo(1);
    assertThat(session.path("texts").isEmpty()).isTrue();
    assertThat(session.toString()).doesNotContain("sky", ARGUMENTS);
  }

  private static JsonNode reported(String settings) throws Exception {
    try (RunningProbity probity = RunningProbity.start(settings)) {
      String export =
          """
          {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},
           "scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","attributes":[
             {"key":"event.name","value":{"stringValue":"user_prompt"}},
             {"key":"session.id","value":{"stringValue":"s1"}},
             {"key":"prompt_length","value":{"stringValue":"42"}},
             {"key":"tool_parameters","value":{"stringValue":"%s"}},
             {"key":"prompt","value":{"stringValue":"%s"}}]}]}]}]}\
          """
              .formatted(Clock.system().millis() * 1_000_000, ARGUMENTS, PROMPT);
      assertThat(probity.send("POST", "/v1/logs", export).statusCode()).isEqualTo(200);
      probity.awaitStored();
      assertThat(probity.send("GET", "/sessions/s1", "").statusCode()).isEqualTo(200);
      return probity.get("/api/sessions/s1");
    }
  }
}
