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
import dev.probity.telemetry.Temporality;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiCliDialectTest {
  @Test
  void logs_countEachCallOnceTheRoutersToo() {
    List<Heard.Event> calls = Heard.of(Signal.LOG, "gemini-logs.json").ofKind(EventKind.MODEL_CALL);

    assertThat(calls)
        .extracting(call -> call.event().usage())
        .containsExactly(
            new Usage(1977, 1024, 0, 0, 21, 19, 0),
            new Usage(1978, 1024, 0, 0, 21, 19, 0),
            new Usage(1979, 1024, 0, 0, 21, 19, 0));
    assertThat(calls)
        .extracting(call -> call.event().usage().total())
        .containsExactly(3041L, 3042L, 3043L);
    assertThat(calls)
        .extracting(call -> call.event().model())
        .containsExactly("gemini-3.5-flash-lite", "gemini-3.8-flash", "gemini-3.8-flash");
    assertThat(calls).extracting(Heard.Event::provider).containsOnly(Provider.GEMINI);
  }

  @Test
  void metrics_comeToTheSame() {
    Heard heard = Heard.of(Signal.METRIC, "gemini-metrics.json");

    assertThat(heard.sum(Measure.INPUT)).isEqualTo(9006);
    assertThat(heard.sum(Measure.CACHE_READ_WITHIN_INPUT)).isEqualTo(3072);
    assertThat(heard.sum(Measure.OUTPUT)).isEqualTo(63);
    assertThat(heard.sum(Measure.REASONING)).isEqualTo(57);
    assertThat(heard.sum(Measure.TOOL_PROMPT)).isZero();
    assertThat(heard.sum(Measure.MODEL_CALLS)).isEqualTo(3);
    assertThat(heard.sum(Measure.TOOL_CALLS)).isEqualTo(1);
    assertThat(heard.points)
        .extracting(point -> point.reading().temporality())
        .containsOnly(Temporality.CUMULATIVE);
  }

  @Test
  void spans_onlyRepeat() {
    Heard heard = Heard.of(Signal.SPAN, "gemini-traces.json");

    assertThat(heard.events).isEmpty();
    assertThat(heard.ignored).hasSize(5);
  }

  @Test
  void logs_tellOfTheWholeSession() {
    Heard heard = Heard.of(Signal.LOG, "gemini-logs.json");

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.SESSION_START,
            EventKind.PROMPT,
            EventKind.MODEL_START,
            EventKind.MODEL_CALL,
            EventKind.OTHER,
            EventKind.MODEL_START,
            EventKind.MODEL_CALL,
            EventKind.TOOL_RESULT,
            EventKind.MODEL_START,
            EventKind.MODEL_CALL);
    AgentEvent tool = heard.only(EventKind.TOOL_RESULT);
    assertThat(tool.tool()).isEqualTo("run_shell_command");
    assertThat(tool.result()).isEqualTo(Result.OK);
    assertThat(tool.size()).isEqualTo(90);
    assertThat(heard.detail(tool, "decision")).isEqualTo("accept");
    AgentEvent call = heard.ofKind(EventKind.MODEL_CALL).getFirst().event();
    assertThat(heard.detail(call, "role")).isEqualTo("utility_router");
    assertThat(heard.detail(call, "finish_reasons")).isEqualTo("stop");
    assertThat(call.durationMillis()).isEqualTo(27);
    SessionFacts facts = heard.events.getFirst().facts();
    assertThat(facts.session()).isEqualTo("61b2ee40-29ab-475f-b744-01c46abad0c0");
    assertThat(facts.install()).isEqualTo("af933e40-274a-42c8-8fc9-cc710066531a");
    assertThat(facts.clientVersion()).isEmpty();
    assertThat(facts.plan()).isEqualTo(SessionFacts.PLAN_API);
  }

  @ParameterizedTest
  @CsvSource({
    "api_error, status_code, 503, MODEL_ERROR",
    "agent.start, agent_id, a1, AGENT_START",
    "agent.finish, agent_id, a1, AGENT_END",
    "chat_compression, tokens_before, 9000, COMPACTION",
    "approval_mode_switch, to_mode, yolo, MODE",
    "hook_call, hook_event_name, BeforeTool, HOOK",
    "slash_command, command, chat, OTHER"
  })
  void event_hasItsKind(String name, String key, String value, EventKind kind) {
    AgentEvent event = log("gemini_cli." + name, key, value).only().event();

    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.name()).isEqualTo(name);
  }

  @Test
  void refusedTool_isADecision() {
    AgentEvent event =
        log("gemini_cli.tool_call", "decision", "reject", "success", false).only().event();

    assertThat(event.kind()).isEqualTo(EventKind.TOOL_DECISION);
    assertThat(event.result()).isEqualTo(Result.REJECTED);
  }

  private static Heard log(String name, Object... attributes) {
    return Export.of("gemini-cli", "gemini-cli").event(name, attributes).heardAsLogs();
  }
}
