package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import org.junit.jupiter.api.Test;

class OpenCodeDialectTest {
  private static Export export() {
    return Export.of("opencode", "opencode", "opencode.client", "cli");
  }

  @Test
  void spans_countTheInnerCallOnly() {
    Heard heard =
        export()
            .span(
                "ai.streamText.doStream",
                "ai.operationId",
                "ai.streamText.doStream",
                "session.id",
                "ses_1",
                "ai.telemetry.metadata.userId",
                "ada",
                "ai.model.id",
                "claude-opus-5-5",
                "ai.model.provider",
                "anthropic.messages",
                "ai.usage.inputTokens",
                900,
                "ai.usage.cachedInputTokens",
                500,
                "gen_ai.usage.input_tokens",
                900,
                "ai.usage.outputTokens",
                70,
                "ai.response.finishReason",
                "stop",
                "ai.response.msToFirstChunk",
                120.6,
                "ai.prompt.messages",
                "tell me a secret")
            .span(
                "ai.streamText",
                "ai.operationId",
                "ai.streamText",
                "ai.usage.inputTokens",
                900,
                "ai.usage.outputTokens",
                70)
            .span(
                "ai.toolCall",
                "ai.operationId",
                "ai.toolCall",
                "ai.toolCall.name",
                "bash",
                "ai.toolCall.id",
                "call_9",
                "ai.toolCall.args",
                "rm secret")
            .span("Session.prompt", "session.id", "ses_1")
            .heardAsSpans();

    assertThat(heard.kinds()).containsExactly(EventKind.MODEL_CALL, EventKind.TOOL_RESULT);
    Heard.Event call = heard.events.getFirst();
    assertThat(call.event().usage()).isEqualTo(new Usage(400, 500, 0, 0, 70, 0, 0));
    assertThat(call.provider()).isEqualTo(Provider.ANTHROPIC);
    assertThat(call.event().firstTokenMillis()).isEqualTo(121);
    assertThat(heard.detail(call.event(), "ai.response.finishReason")).isEqualTo("stop");
    assertThat(call.facts().session()).isEqualTo("ses_1");
    assertThat(call.facts().entrypoint()).isEqualTo("cli");
    AgentEvent tool = heard.events.get(1).event();
    assertThat(tool.tool()).isEqualTo("bash");
    assertThat(tool.callId()).isEqualTo("call_9");
    assertThat(heard.ignored).hasSize(2);
    assertThat(heard.everything()).doesNotContain("secret", "ada");
  }

  @Test
  void failedCall_isAnError() {
    Heard.Event call =
        export()
            .spanWithin("", true, "x", "ai.operationId", "ai.generateText.doGenerate")
            .heardAsSpans()
            .only();

    assertThat(call.event().kind()).isEqualTo(EventKind.MODEL_ERROR);
    assertThat(call.event().error()).isEqualTo("error");
  }

  @Test
  void plugIn_logsAsClaudeCodeDoes() {
    Heard.Event call =
        export()
            .event(
                "api_request",
                "session.id",
                "ses_1",
                "model",
                "gpt-5.5",
                "input_tokens",
                400,
                "cache_read_tokens",
                500,
                "output_tokens",
                70,
                "cost_usd",
                0.01)
            .heardAsLogs()
            .only();

    assertThat(call.event().usage()).isEqualTo(new Usage(400, 500, 0, 0, 70, 0, 0));
    assertThat(call.event().claimedNanoUsd()).isEqualTo(10_000_000);
    assertThat(call.provider()).isEqualTo(Provider.OPENAI);
    assertThat(call.facts().agent()).isEqualTo("opencode");
  }

  @Test
  void metrics_ofLinesCountAndThoseOfTokensDoNot() {
    Heard heard =
        export()
            .sum("opencode.lines_of_code.count", 3, "type", "removed")
            .sum("opencode.token.usage", 400, "type", "input")
            .heardAsMetrics();

    assertThat(heard.sum(Measure.LINES_REMOVED)).isEqualTo(3);
    assertThat(heard.ignored).hasSize(1);
  }
}
