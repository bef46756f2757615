package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import org.junit.jupiter.api.Test;

class QwenCodeDialectTest {
  private static Export export() {
    return Export.of("qwen-code", "qwen-code");
  }

  @Test
  void response_hasItsThoughtsWhereTheTotalSays() {
    Heard heard =
        export()
            .event(
                "qwen-code.api_response",
                "session.id",
                "s1",
                "model",
                "qwen3-coder-plus",
                "input_token_count",
                1000,
                "cached_content_token_count",
                400,
                "output_token_count",
                50,
                "thoughts_token_count",
                20,
                "total_token_count",
                1050)
            .heardAsLogs();

    Heard.Event call = heard.only();
    assertThat(call.event().usage()).isEqualTo(new Usage(600, 400, 0, 0, 30, 20, 0));
    assertThat(call.provider()).isEqualTo(Provider.OPENAI_COMPATIBLE);
    assertThat(call.facts().agent()).isEqualTo("qwen-code");
    assertThat(call.facts().session()).isEqualTo("s1");
    assertThat(call.facts().clientVersion()).isEqualTo("9.8.7");
  }

  @Test
  void session_beginsAndEnds() {
    assertThat(
            export()
                .event("qwen-code.session.start")
                .event("qwen-code.user_prompt", "prompt_length", 3)
                .event("qwen-code.session.end")
                .heardAsLogs()
                .kinds())
        .containsExactly(EventKind.SESSION_START, EventKind.PROMPT, EventKind.SESSION_END);
  }

  @Test
  void openTelemetrysOwnEvents_onlyRepeat() {
    Heard heard =
        export()
            .event("gen_ai.client.inference.operation.details", "gen_ai.usage.input_tokens", 5)
            .heardAsLogs();

    assertThat(heard.events).isEmpty();
    assertThat(heard.ignored).hasSize(1);
  }

  @Test
  void spans_tellOfWaitsAndRepeatTheRest() {
    Heard heard =
        export()
            .span("qwen-code.llm_request", "input_tokens", 5)
            .span("qwen-code.tool.blocked_on_user", "duration_ms", 700, "decision", "reject")
            .heardAsSpans();

    assertThat(heard.only().event().kind()).isEqualTo(EventKind.WAIT);
    assertThat(heard.only().event().durationMillis()).isEqualTo(700);
    assertThat(heard.only().event().result()).isEqualTo(Result.REJECTED);
  }

  @Test
  void metrics_areReadings() {
    Heard heard =
        export()
            .sum("qwen-code.token.usage", 1000, "type", "input", "model", "qwen3-coder-plus")
            .sum("qwen-code.token.usage", 400, "type", "cache", "model", "qwen3-coder-plus")
            .sum("qwen-code.token.usage", 50, "type", "output", "model", "qwen3-coder-plus")
            .sum("qwen-code.token.usage", 20, "type", "thought", "model", "qwen3-coder-plus")
            .sum("qwen-code.memory.usage", 12345)
            .heardAsMetrics();

    assertThat(heard.sum(Measure.INPUT)).isEqualTo(1000);
    assertThat(heard.sum(Measure.CACHE_READ_WITHIN_INPUT)).isEqualTo(400);
    assertThat(heard.sum(Measure.OUTPUT)).isEqualTo(50);
    assertThat(heard.sum(Measure.REASONING_WITHIN_OUTPUT)).isEqualTo(20);
    assertThat(heard.ignored).hasSize(1);
  }
}
