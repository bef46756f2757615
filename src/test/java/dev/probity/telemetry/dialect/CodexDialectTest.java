package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodexDialectTest {
  @Test
  void logs_countEachCompletionOnce() {
    Heard heard = Heard.of(Signal.LOG, "codex-logs.json");

    assertThat(heard.ofKind(EventKind.MODEL_CALL))
        .extracting(call -> call.event().usage())
        .containsExactly(
            new Usage(501, 1500, 0, 0, 44, 33, 0), new Usage(502, 1500, 0, 0, 44, 33, 0));
    assertThat(heard.usage().input()).isEqualTo(4003);
    assertThat(heard.usage().cacheRead()).isEqualTo(3000);
    assertThat(heard.usage().output()).isEqualTo(154);
    assertThat(heard.usage().outputReasoning()).isEqualTo(66);
  }

  @Test
  void metrics_comeToTheSame() {
    Heard heard = Heard.of(Signal.METRIC, "codex-metrics.json");

    assertThat(heard.sum(Measure.INPUT)).isEqualTo(4003);
    assertThat(heard.sum(Measure.CACHE_READ_WITHIN_INPUT)).isEqualTo(3000);
    assertThat(heard.sum(Measure.OUTPUT)).isEqualTo(154);
    assertThat(heard.sum(Measure.REASONING_WITHIN_OUTPUT)).isEqualTo(66);
    assertThat(heard.sum(Measure.SESSIONS)).isEqualTo(1);
    assertThat(heard.sum(Measure.TOOL_CALLS)).isEqualTo(1);
    assertThat(heard.points).hasSize(6);
    assertThat(heard.points).extracting(point -> point.facts().session()).containsOnly("");
    assertThat(heard.points)
        .filteredOn(point -> point.reading().measure().isTokens())
        .allMatch(point -> point.provider() == Provider.OPENAI)
        .extracting(point -> point.reading().model())
        .containsOnly("gpt-5.5");
  }

  @Test
  void spans_areNoise() {
    Heard heard = Heard.of(Signal.SPAN, "codex-traces.json");

    assertThat(heard.events).isEmpty();
    assertThat(heard.ignored).hasSizeGreaterThan(500);
  }

  @Test
  void logs_tellOfTheWholeSession() {
    Heard heard = Heard.of(Signal.LOG, "codex-logs.json");

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.SESSION_START,
            EventKind.PROMPT,
            EventKind.MODEL_CALL,
            EventKind.TOOL_DECISION,
            EventKind.TOOL_RESULT,
            EventKind.MODEL_CALL);
    AgentEvent prompt = heard.only(EventKind.PROMPT);
    assertThat(prompt.size()).isEqualTo(6);
    assertThat(prompt.atMillis())
        .isEqualTo(Instant.parse("2026-11-20T20:18:58.101Z").toEpochMilli());
    assertThat(heard.only(EventKind.TOOL_DECISION).result()).isEqualTo(Result.ACCEPTED);
    AgentEvent result = heard.only(EventKind.TOOL_RESULT);
    assertThat(result.callId()).isEqualTo("call_fake1");
    assertThat(result.result()).isEqualTo(Result.OK);
    assertThat(result.durationMillis()).isEqualTo(50);
    assertThat(heard.detail(heard.only(EventKind.SESSION_START), "sandbox_policy"))
        .isEqualTo("danger-full-access");
    SessionFacts facts = heard.events.getFirst().facts();
    assertThat(facts.session()).isEqualTo("01a1fa9c-bb62-7690-9597-0fb9fc7045f5");
    assertThat(facts.agent()).isEqualTo("codex");
    assertThat(facts.clientVersion()).isEqualTo("0.169.0");
    assertThat(facts.entrypoint()).isEqualTo("codex_exec");
    assertThat(facts.plan()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Chatgpt, subscription", "ChatGPT, subscription", "ApiKey, api", "'', ''"})
  void plan_isHowOneSignedIn(String mode, String plan) {
    assertThat(log("codex.user_prompt", "auth_mode", mode).only().facts().plan()).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource({"429, 429", "500, 500", "'', connection"})
  void failedAttempt_isAnErrorWithItsStatus(String status, String error) {
    AgentEvent event =
        log("codex.api_request", "http.response.status_code", status, "attempt", 2).only().event();

    assertThat(event.kind()).isEqualTo(EventKind.MODEL_ERROR);
    assertThat(event.error()).isEqualTo(error);
  }

  @Test
  void agentName_isOfASubAgentOrNothing() {
    assertThat(log("codex.tool_result", "agent_name", "/root/reviewer").only().event().agentId())
        .isEqualTo("reviewer");
    assertThat(log("codex.tool_result", "agent_name", "/root").only().event().agentId()).isEmpty();
    assertThat(log("codex.tool_result", "agent_name", "/home/ada").only().event().agentId())
        .isEmpty();
  }

  @Test
  void turnCost_isAClaim() {
    assertThat(
            log("codex.turn_cost", "usage.estimated_usd", 0.0125).only().event().claimedNanoUsd())
        .isEqualTo(12_500_000);
    assertThat(
            Export.of("codex_cli_rs", "codex")
                .histogram("codex.turn.cost_microusd", 12_500, "model", "gpt-5.5")
                .heardAsMetrics()
                .sum(Measure.CLAIMED_NANO_USD))
        .isEqualTo(12_500_000);
  }

  private static Heard log(String name, Object... attributes) {
    return Export.of("codex_cli_rs", "codex_otel.log_only").event(name, attributes).heardAsLogs();
  }
}
