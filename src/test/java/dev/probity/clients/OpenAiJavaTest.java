package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiJavaTest extends ClientTest {
  private static final String ASK =
      "What is the weather? simulate: tool weather {\"city\":\"Oslo\"}";
  private static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("city", Map.of("type", "string")),
          "required",
          List.of("city"));

  private OpenAIClient client() {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().baseUrl(base() + "/v1").apiKey(key());
    return builder.build();
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void chat_callsATool_andAnswers(Providers provider, boolean streamed) throws Exception {
    OpenAIClient client = client();
    ChatCompletionCreateParams.Builder conversation =
        ChatCompletionCreateParams.builder()
            .model(provider.model("gpt-5"))
            .addTool(
                ChatCompletionFunctionTool.builder()
                    .function(
                        FunctionDefinition.builder()
                            .name("weather")
                            .parameters(parameters())
                            .build())
                    .build())
            .addUserMessage(ASK);
    ChatCompletionMessage first = chat(client, conversation, streamed);
    ChatCompletionMessageFunctionToolCall call =
        first.toolCalls().orElseThrow().getFirst().asFunction();
    assertThat(call.function().name()).isEqualTo("weather");
    assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Oslo\"}");

    conversation
        .addMessage(first)
        .addMessage(
            ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content("rain").build());
    assertThat(chat(client, conversation, streamed).content().orElseThrow())
        .contains("4 characters");
    expectExchanges("chat", provider, 2);
    client.close();
  }

  private static ChatCompletionMessage chat(
      OpenAIClient client, ChatCompletionCreateParams.Builder conversation, boolean streamed) {
    if (!streamed) {
      ChatCompletion completion = client.chat().completions().create(conversation.build());
      assertThat(completion.usage().orElseThrow().totalTokens()).isPositive();
      return completion.choices().getFirst().message();
    }
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    conversation.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(conversation.build())) {
      chunks.stream().forEach(whole::accumulate);
    }
    assertThat(whole.chatCompletion().usage().orElseThrow().totalTokens()).isPositive();
    return whole.chatCompletion().choices().getFirst().message();
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void responses_callATool_andAnswer(Providers provider, boolean streamed) throws Exception {
    OpenAIClient client = client();
    List<ResponseInputItem> input = new ArrayList<>();
    input.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(ASK).build()));
    Response first = respond(client, provider, input, streamed);
    ResponseFunctionToolCall call =
        first.output().stream()
            .filter(ResponseOutputItem::isFunctionCall)
            .findFirst()
            .orElseThrow()
            .asFunctionCall();
    assertThat(call.arguments()).isEqualTo("{\"city\":\"Oslo\"}");
    // Gemini shows that it thought only to who asks for a summary.
    assertThat(first.output().stream().anyMatch(ResponseOutputItem::isReasoning))
        .isEqualTo(provider != Providers.GEMINI);

    input.add(ResponseInputItem.ofFunctionCall(call));
    input.add(
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("rain")
                .build()));
    Response second = respond(client, provider, input, streamed);
    String text =
        second.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .map(content -> content.asOutputText().text())
            .findFirst()
            .orElseThrow();
    assertThat(text).contains("4 characters");
    expectExchanges("responses", provider, 2);
    client.close();
  }

  private static Response respond(
      OpenAIClient client, Providers provider, List<ResponseInputItem> input, boolean streamed) {
    ResponseCreateParams request =
        ResponseCreateParams.builder()
            .model(provider.model("gpt-5"))
            .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
            .addTool(
                FunctionTool.builder()
                    .name("weather")
                    .strict(false)
                    .parameters(
                        FunctionTool.Parameters.builder()
                            .putAllAdditionalProperties(values())
                            .build())
                    .build())
            .inputOfResponse(input)
            .build();
    if (!streamed) {
      return client.responses().create(request);
    }
    ResponseAccumulator whole = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(request)) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.response();
  }

  @ParameterizedTest
  @EnumSource
  void rateLimit_isTheSdksOwnException(Providers provider) {
    OpenAIClient client = client().withOptions(options -> options.maxRetries(0));
    ChatCompletionCreateParams request =
        ChatCompletionCreateParams.builder()
            .model(provider.model("gpt-5") + "-simulated-limited")
            .addUserMessage("hello")
            .build();
    assertThatThrownBy(() -> client.chat().completions().create(request))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limited -> {
              assertThat(limited.headers().values("retry-after")).containsExactly("2");
              assertThat(limited.code()).hasValue("rate_limit_exceeded");
            });
    client.close();
  }

  @ParameterizedTest
  @MethodSource("everywhereBroken")
  void streamThatFails_isAnException_notAnEnd(Providers provider, String fault) {
    OpenAIClient client = client().withOptions(options -> options.maxRetries(0));
    ChatCompletionCreateParams request =
        ChatCompletionCreateParams.builder()
            .model(provider.model("gpt-5") + fault)
            .addUserMessage("hello")
            .build();
    List<String> said = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (StreamResponse<ChatCompletionChunk> chunks =
                  client.chat().completions().createStreaming(request)) {
                chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .filter(piece -> !piece.isEmpty())
                    .forEach(said::add);
              }
            })
        .isInstanceOf(OpenAIException.class);
    assertThat(said).isNotEmpty();
    client.close();
  }

  @Test
  void embeddings_areNumbers() {
    OpenAIClient client = client();
    var embedding =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder().model(MODEL).input("a cat").dimensions(16).build());
    assertThat(embedding.data().getFirst().embedding()).hasSize(16);
    client.close();
  }

  private static FunctionParameters parameters() {
    return FunctionParameters.builder().putAllAdditionalProperties(values()).build();
  }

  private static Map<String, JsonValue> values() {
    return Map.of(
        "type",
        JsonValue.from(SCHEMA.get("type")),
        "properties",
        JsonValue.from(SCHEMA.get("properties")),
        "required",
        JsonValue.from(SCHEMA.get("required")));
  }
}
