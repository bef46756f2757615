package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageContentParam;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicJavaTest extends ClientTest {
  private AnthropicClient client() {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().baseUrl(base()).apiKey(key());
    return builder.build();
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void messages_callATool_andAnswer(Providers provider, boolean streamed) throws Exception {
    AnthropicClient client = client();
    MessageCreateParams.Builder conversation =
        MessageCreateParams.builder()
            .model(provider.model("claude-sonnet-4-5"))
            .maxTokens(2000)
            .enabledThinking(1024)
            .addTool(
                Tool.builder()
                    .name("weather")
                    .inputSchema(
                        Tool.InputSchema.builder()
                            .properties(
                                Tool.InputSchema.Properties.builder()
                                    .putAdditionalProperty(
                                        "city", JsonValue.from(Map.of("type", "string")))
                                    .build())
                            .required(List.of("city"))
                            .build())
                    .build())
            .addUserMessage("What is the weather? simulate: tool weather {\"city\":\"Oslo\"}");
    Message first = message(client, conversation, streamed);
    assertThat(first.stopReason()).hasValue(StopReason.TOOL_USE);
    if (provider != Providers.COMPATIBLE) {
      assertThat(first.content().getFirst().asThinking().signature()).isNotEmpty();
    }
    ToolUseBlock call = first.content().getLast().asToolUse();
    assertThat(call._input().convert(Map.class)).isEqualTo(Map.of("city", "Oslo"));

    conversation
        .addMessage(first)
        .addUserMessage(
            MessageContentParam.ofContentBlockParams(
                List.of(
                    ContentBlockParam.ofToolResult(
                        ToolResultBlockParam.builder()
                            .toolUseId(call.id())
                            .content("rain")
                            .build()))));
    Message second = message(client, conversation, streamed);
    assertThat(second.stopReason()).hasValue(StopReason.END_TURN);
    assertThat(
            second.content().stream()
                .filter(ContentBlock::isText)
                .map(block -> block.asText().text()))
        .singleElement()
        .asString()
        .contains("4 characters");
    assertThat(second.usage().inputTokens()).isPositive();
    expectExchanges("messages", provider, 2);
    client.close();
  }

  private static Message message(
      AnthropicClient client, MessageCreateParams.Builder conversation, boolean streamed) {
    if (!streamed) {
      return client.messages().create(conversation.build());
    }
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(conversation.build())) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.message();
  }

  @ParameterizedTest
  @EnumSource
  void overload_isTheSdksOwnException(Providers provider) {
    AnthropicClient client = client().withOptions(options -> options.maxRetries(0));
    MessageCreateParams request = ask(provider, "-simulated-overloaded");
    assertThatThrownBy(() -> client.messages().create(request))
        .isInstanceOfSatisfying(
            AnthropicServiceException.class,
            overloaded -> {
              assertThat(overloaded.statusCode()).isEqualTo(529);
              assertThat(overloaded.getMessage()).contains("overloaded_error");
            });
    client.close();
  }

  @ParameterizedTest
  @MethodSource("everywhereBroken")
  void streamThatFails_isAnException_notAnEnd(Providers provider, String fault) {
    AnthropicClient client = client().withOptions(options -> options.maxRetries(0));
    MessageCreateParams request = ask(provider, fault);
    List<String> said = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (StreamResponse<RawMessageStreamEvent> events =
                  client.messages().createStreaming(request)) {
                events.stream()
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(event -> event.delta().text().stream())
                    .forEach(delta -> said.add(delta.text()));
              }
            })
        .isInstanceOf(AnthropicException.class);
    assertThat(said).isNotEmpty();
    client.close();
  }

  private static MessageCreateParams ask(Providers provider, String fault) {
    return MessageCreateParams.builder()
        .model(provider.model("claude-sonnet-4-5") + fault)
        .maxTokens(100)
        .addUserMessage("hello")
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void tokens_areCounted(Providers provider) {
    AnthropicClient client = client();
    assertThat(
            client
                .messages()
                .countTokens(
                    MessageCountTokensParams.builder()
                        .model(provider.model("claude-sonnet-4-5"))
                        .addUserMessage("How much is this?")
                        .build())
                .inputTokens())
        .isPositive();
    client.close();
  }
}
