package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopilotChatDialectTest {
  private static Export editor() {
    return Export.of("copilot-chat", "copilot-chat", "session.id", "window-1");
  }

  @Test
  void session_ofAnEditor_isCountedByItsCalls() {
    Heard heard =
        editor()
            .spanWithin(
                "62df47248c90456b",
                false,
                "chat gpt-5.5",
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                "github",
                "gen_ai.conversation.id",
                "c1",
                "gen_ai.request.model",
                "gpt-5.5",
                "gen_ai.response.model",
                "gpt-5.5-2026-04-23",
                "gen_ai.usage.input_tokens",
                1000,
                "gen_ai.usage.cache_read.input_tokens",
                600,
                "gen_ai.usage.cache_creation.input_tokens",
                100,
                "gen_ai.usage.output_tokens",
                50,
                "gen_ai.usage.reasoning_tokens",
                10,
                "copilot_chat.time_to_first_token",
                321.4,
                "gen_ai.response.finish_reasons",
                List.of("stop"))
            .spanWithin(
                "62df47248c90456b",
                true,
                "execute_tool readFile",
                "gen_ai.operation.name",
                "execute_tool",
                "gen_ai.tool.name",
                "readFile",
                "gen_ai.tool.call.id",
                "call_1",
                "gen_ai.conversation.id",
                "c1",
                "error.type",
                "ENOENT")
            .span(
                "invoke_agent copilot",
                "gen_ai.operation.name",
                "invoke_agent",
                "gen_ai.conversation.id",
                "c1",
                "gen_ai.usage.input_tokens",
                1000,
                "github.copilot.git.repository",
                "https://ada:token@github.com/acme/rockets.git",
                "github.copilot.git.branch",
                "main")
            .heardAsSpans();

    assertThat(heard.kinds())
        .containsExactly(EventKind.MODEL_CALL, EventKind.TOOL_RESULT, EventKind.ANSWER);
    assertThat(heard.usage()).isEqualTo(new Usage(300, 600, 100, 0, 40, 10, 0));
    Heard.Event call = heard.events.getFirst();
    assertThat(call.provider()).isEqualTo(Provider.OPENAI);
    assertThat(call.event().model()).isEqualTo("gpt-5.5-2026-04-23");
    assertThat(call.event().firstTokenMillis()).isEqualTo(321);
    assertThat(call.event().durationMillis()).isEqualTo(2_000);
    assertThat(call.facts().plan()).isEqualTo(SessionFacts.PLAN_SUBSCRIPTION);
    AgentEvent tool = heard.events.get(1).event();
    assertThat(tool.result()).isEqualTo(Result.FAILED);
    assertThat(tool.error()).isEqualTo("ENOENT");
    assertThat(heard.events).extracting(event -> event.facts().session()).containsOnly("c1");
    SessionFacts facts = heard.events.get(2).facts();
    assertThat(facts.repository()).isEqualTo("acme/rockets");
    assertThat(facts.branch()).isEqualTo("main");
    assertThat(heard.everything()).doesNotContain("token@", "github.com");
  }

  @Test
  void runOfASubAgent_isItsEnd() {
    Heard.Event end =
        editor()
            .spanWithin(
                "62df47248c90456b",
                false,
                "invoke_agent explore",
                "gen_ai.operation.name",
                "invoke_agent",
                "gen_ai.agent.id",
                "explore",
                "gen_ai.usage.input_tokens",
                99)
            .heardAsSpans()
            .only();

    assertThat(end.event().kind()).isEqualTo(EventKind.AGENT_END);
    assertThat(end.event().agentId()).isEqualTo("explore");
    assertThat(end.event().usage()).isEqualTo(Usage.NONE);
    assertThat(end.facts().session()).isEqualTo("window-1");
  }

  @Test
  void cli_isTheSameAgent() {
    Heard heard =
        Export.of("github-copilot", "github.copilot")
            .span("HTTP POST", "http.request.method", "POST")
            .span(
                "chat m",
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                "openai",
                "gen_ai.conversation.id",
                "c2",
                "gen_ai.request.model",
                "somebodys-model",
                "gen_ai.usage.input_tokens",
                13066,
                "gen_ai.usage.output_tokens",
                62,
                "gen_ai.usage.reasoning.output_tokens",
                6,
                "gen_ai.response.time_to_first_chunk",
                7.642290049)
            .heardAsSpans();

    Heard.Event call = heard.only();
    assertThat(call.facts().agent()).isEqualTo("copilot");
    assertThat(call.facts().plan()).isEmpty();
    assertThat(call.event().usage()).isEqualTo(new Usage(13066, 0, 0, 0, 56, 6, 0));
    assertThat(call.event().firstTokenMillis()).isEqualTo(7_642);
    assertThat(heard.ignored).hasSize(1);
  }

  @Test
  void logs_ofCallsAndTools_onlyRepeat() {
    Heard heard =
        editor()
            .event("gen_ai.client.inference.operation.details", "gen_ai.usage.input_tokens", 1000)
            .event("copilot_chat.tool.call", "gen_ai.tool.name", "readFile")
            .event("copilot_chat.agent.turn", "gen_ai.usage.input_tokens", 1000)
            .event("copilot_chat.session.start")
            .event("copilot_chat.edit.feedback", "copilot_chat.edit.outcome", "accepted")
            .heardAsLogs();

    assertThat(heard.kinds()).containsExactly(EventKind.SESSION_START, EventKind.OTHER);
    assertThat(heard.events.get(1).event().result()).isEqualTo(Result.ACCEPTED);
    assertThat(heard.ignored).hasSize(3);
  }

  @Test
  void metrics_countWhatOnlyTheyTell() {
    Heard heard =
        editor()
            .histogram("gen_ai.client.token.usage", 1000, "gen_ai.token.type", "input")
            .sum("copilot_chat.tool.call.count", 3)
            .sum("copilot_chat.lines_of_code.count", 30, "type", "added")
            .sum("copilot_chat.lines_of_code.count", 4, "type", "removed")
            .sum("github.copilot.code.lines_added", 5)
            .sum("copilot_chat.edit.acceptance.count", 2, "copilot_chat.edit.outcome", "accepted")
            .sum("copilot_chat.edit.acceptance.count", 1, "copilot_chat.edit.outcome", "rejected")
            .sum("copilot_chat.pull_request.count", 1)
            .histogram("copilot_chat.edit.survival.four_gram", 0.9)
            .heardAsMetrics();

    assertThat(heard.sum(Measure.LINES_ADDED)).isEqualTo(35);
    assertThat(heard.sum(Measure.LINES_REMOVED)).isEqualTo(4);
    assertThat(heard.sum(Measure.EDITS_ACCEPTED)).isEqualTo(2);
    assertThat(heard.sum(Measure.EDITS_REJECTED)).isEqualTo(1);
    assertThat(heard.sum(Measure.PULL_REQUESTS)).isEqualTo(1);
    assertThat(heard.ignored).hasSize(3);
  }
}
