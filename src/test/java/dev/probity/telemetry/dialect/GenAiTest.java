package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenAiTest {
  private static Export export() {
    return Export.of("billing-bot", "some.instrumentation");
  }

  @Test
  void newNames_areUnderstood() {
    Heard.Event call =
        export()
            .span(
                "chat m",
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                "aws.bedrock",
                "gen_ai.request.model",
                "eu.anthropic.claude-opus-5-5-v1:0",
                "gen_ai.conversation.id",
                "c1",
                "gen_ai.usage.input_tokens",
                1000,
                "gen_ai.usage.cache_read.input_tokens",
                500,
                "gen_ai.usage.cache_write.input_tokens",
                100,
                "gen_ai.usage.output_tokens",
                60,
                "gen_ai.usage.reasoning.output_tokens",
                20)
            .heardAsSpans()
            .only();

    assertThat(call.event().usage()).isEqualTo(new Usage(400, 500, 100, 0, 40, 20, 0));
    assertThat(call.event().model()).isEqualTo("claude-opus-5-5");
    assertThat(call.provider()).isEqualTo(Provider.ANTHROPIC);
    assertThat(call.facts().session()).isEqualTo("c1");
    assertThat(call.facts().agent()).isEqualTo("billing-bot");
  }

  @Test
  void oldNames_areUnderstood() {
    Heard.Event call =
        export()
            .span(
                "openai.chat",
                "llm.request.type",
                "chat",
                "gen_ai.system",
                "openai",
                "gen_ai.response.model",
                "gpt-5.5",
                "gen_ai.usage.prompt_tokens",
                1000,
                "gen_ai.usage.cache_read_input_tokens",
                500,
                "gen_ai.usage.completion_tokens",
                60,
                "gen_ai.openai.request.service_tier",
                "flex")
            .heardAsSpans()
            .only();

    assertThat(call.event().usage()).isEqualTo(new Usage(500, 500, 0, 0, 60, 0, 0));
    assertThat(call.provider()).isEqualTo(Provider.OPENAI);
    assertThat(call.tier()).isEqualTo(ServiceTier.FLEX);
    assertThat(call.facts().session()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void sumsAndRepetitions_areNotCounted() {
    Heard heard =
        export()
            .span("a", "gen_ai.operation.name", "invoke_agent", "gen_ai.usage.input_tokens", 7)
            .span("b", "gen_ai.operation.name", "invoke_workflow", "gen_ai.usage.input_tokens", 7)
            .span("c", "gen_ai.operation.name", "fetch_response", "gen_ai.usage.input_tokens", 7)
            .span("d", "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "t")
            .heardAsSpans();

    assertThat(heard.usage()).isEqualTo(Usage.NONE);
    assertThat(heard.kinds())
        .containsExactly(EventKind.OTHER, EventKind.OTHER, EventKind.TOOL_RESULT);
    assertThat(heard.ignored).hasSize(1);
  }

  @Test
  void embeddings_areCalls() {
    Heard.Event call =
        export()
            .span(
                "e",
                "gen_ai.operation.name",
                "embeddings",
                "gen_ai.request.model",
                "text-embedding-3-small",
                "gen_ai.usage.input_tokens",
                12)
            .heardAsSpans()
            .only();

    assertThat(call.event().kind()).isEqualTo(EventKind.MODEL_CALL);
    assertThat(call.event().usage().total()).isEqualTo(12);
    assertThat(call.provider()).isEqualTo(Provider.OPENAI);
  }

  @Test
  void failedCall_isAnErrorUnlessItUsedSomething() {
    Heard heard =
        export()
            .spanWithin("", true, "x", "gen_ai.operation.name", "chat", "error.type", "timeout")
            .spanWithin(
                "", true, "x", "gen_ai.operation.name", "chat", "gen_ai.usage.input_tokens", 5)
            .heardAsSpans();

    assertThat(heard.kinds()).containsExactly(EventKind.MODEL_ERROR, EventKind.MODEL_CALL);
    assertThat(heard.events.getFirst().event().error()).isEqualTo("timeout");
    assertThat(heard.events.getFirst().event().result()).isEqualTo(Result.FAILED);
  }

  @Test
  void detailsOfACall_areACallWhereTheyHaveCounts() {
    Heard heard =
        export()
            .event(
                "gen_ai.client.inference.operation.details",
                "gen_ai.request.model",
                "gpt-5.5",
                "gen_ai.usage.input_tokens",
                5)
            .event("gen_ai.client.inference.operation.details", "gen_ai.request.model", "gpt-5.5")
            .event("gen_ai.user.message", "content", "hello")
            .heardAsLogs();

    assertThat(heard.only().event().usage().total()).isEqualTo(5);
    assertThat(heard.ignored).hasSize(2);
  }

  @Test
  void metrics_ofNowAndOfEarlier_areReadings() {
    Heard heard =
        export()
            .histogram("gen_ai.client.token.usage", 1000, "gen_ai.token.type", "input")
            .histogram("gen_ai.client.token.usage", 60, "gen_ai.token.type", "output")
            .sum("gen_ai.client.inference.usage.input_tokens", 500)
            .sum("gen_ai.client.inference.usage.cache_read.input_tokens", 200)
            .sum("gen_ai.client.inference.usage.cache_write.input_tokens", 10)
            .sum("gen_ai.client.inference.usage.output_tokens", 30)
            .sum("gen_ai.client.inference.usage.reasoning.output_tokens", 7)
            .histogram("gen_ai.client.inference.operation.input_tokens", 500)
            .histogram("gen_ai.client.operation.duration", 3.5)
            .heardAsMetrics();

    assertThat(heard.sum(Measure.INPUT)).isEqualTo(1500);
    assertThat(heard.sum(Measure.OUTPUT)).isEqualTo(90);
    assertThat(heard.sum(Measure.CACHE_READ_WITHIN_INPUT)).isEqualTo(200);
    assertThat(heard.sum(Measure.CACHE_WRITE_WITHIN_INPUT)).isEqualTo(10);
    assertThat(heard.sum(Measure.REASONING_WITHIN_OUTPUT)).isEqualTo(7);
    assertThat(heard.ignored).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, x, ANTHROPIC",
    "openai, gpt-5.5, OPENAI",
    "openai, claude-opus-5-5, ANTHROPIC",
    "azure.ai.openai, my-deployment, AZURE_OPENAI",
    "azure.ai.inference, claude-opus-5-5, ANTHROPIC",
    "gcp.vertex_ai, gemini-3.8-flash, GEMINI",
    "gcp.vertex_ai, claude-opus-5-5, ANTHROPIC",
    "gcp.gen_ai, x, GEMINI",
    "aws.bedrock, claude-opus-5-5, ANTHROPIC",
    "aws.bedrock, meta.llama3, OPENAI_COMPATIBLE",
    "'', o3, OPENAI",
    "'', o4-mini, OPENAI",
    "'', codex-mini-latest, OPENAI",
    "'', gemini-2.5-pro, GEMINI",
    "'', qwen3-coder, OPENAI_COMPATIBLE",
    "deepseek, deepseek-chat, OPENAI_COMPATIBLE"
  })
  void provider_isByItsNameOrTheModels(String said, String model, Provider provider) {
    assertThat(Tariff.provider(said, model)).isEqualTo(provider);
  }
}
