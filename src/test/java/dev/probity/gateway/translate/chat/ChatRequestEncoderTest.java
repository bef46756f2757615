package dev.probity.gateway.translate.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Part.Media;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests for providers, made of what other dialects' clients ask. */
class ChatRequestEncoderTest {
  private final Losses losses = new Losses();

  private static Turn turn(Role role, Part... parts) {
    return new Turn(role, List.of(parts));
  }

  private static Part call(String id, String name, String input) {
    return new Part.ToolCall(
        RawText.of(id),
        RawText.of(name),
        RawJson.of(input),
        false,
        Optional.empty(),
        CacheMark.NONE);
  }

  private static Part result(String id, boolean isError, Part... content) {
    return new Part.ToolResult(
        RawText.of(id),
        Optional.empty(),
        List.of(content),
        Optional.empty(),
        isError,
        false,
        CacheMark.NONE);
  }

  private static Media media(Media.Kind kind, String type, Part.Source source) {
    return new Media(kind, type, source, Optional.empty(), Optional.empty(), CacheMark.NONE);
  }

  private static Media png() {
    return media(Media.Kind.IMAGE, "image/png", new Part.Inline(RawText.of("iVBO")));
  }

  private JsonNode encode(Turn... turns) throws Exception {
    return encode(Chat.prompt(List.of(), turns));
  }

  private JsonNode encode(Prompt prompt) throws Exception {
    return Trees.parse(Chat.encode(prompt, false, losses));
  }

  private void refused(String code, Turn... turns) {
    assertThatThrownBy(() -> encode(turns))
        .isInstanceOfSatisfying(
            Untranslatable.class, refused -> assertThat(refused.refusal().code()).isEqualTo(code));
  }

  private static Prompt with(Map<Knob, RawJson> knobs, Reasoning reasoning) {
    return new Prompt(
        List.of(),
        List.of(turn(Role.USER, Chat.text("a"))),
        List.of(),
        ToolChoice.UNSAID,
        reasoning,
        OutputFormat.PLAIN,
        knobs,
        Map.of());
  }

  @Test
  void stream_asksForItsUsage() throws Exception {
    JsonNode body =
        Trees.parse(
            Chat.encode(Chat.prompt(List.of(), turn(Role.USER, Chat.text("a"))), true, losses));
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(body.path("model").asString()).isEqualTo("m");
  }

  @Test
  void callsOfOneRound_areOneMessage_andResultsComeRightBehind() throws Exception {
    JsonNode messages =
        encode(
                turn(Role.USER, Chat.text("go")),
                turn(Role.ASSISTANT, Chat.text("I look."), call("a", "w", "{\"x\":1}")),
                turn(Role.ASSISTANT, call("b", "w", "{}")),
                turn(Role.USER, Chat.text("and hurry"), result("b", false, Chat.text("two"))),
                turn(Role.USER, result("a", false, Chat.text("one"))))
            .path("messages");
    assertThat(messages)
        .isEqualTo(
            Trees.parse(
                """
                [{"role":"user","content":"go"},
                 {"role":"assistant","content":"I look.","tool_calls":[
                  {"id":"a","type":"function","function":{"name":"w","arguments":"{\\"x\\":1}"}},
                  {"id":"b","type":"function","function":{"name":"w","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"b","content":"two"},
                 {"role":"tool","tool_call_id":"a","content":"one"},
                 {"role":"user","content":"and hurry"}]
                """));
  }

  @Test
  void callsAndResultsThatDoNotMatch_areRefused() {
    refused("tool_result_without_call", turn(Role.USER, result("a", false, Chat.text("r"))));
    refused(
        "tool_call_without_result",
        turn(Role.ASSISTANT, call("a", "w", "{}")),
        turn(Role.USER, Chat.text("b")));
    refused("tool_call_without_result", turn(Role.ASSISTANT, call("a", "w", "{}")));
  }

  @Test
  void idsThatAreMissing_areMade_andLongOnesShortened() throws Exception {
    Part named =
        new Part.ToolResult(
            RawText.EMPTY,
            Optional.of(RawText.of("v")),
            List.of(),
            Optional.of(RawJson.of("{\"t\":\"a\\\\\"}")),
            false,
            false,
            CacheMark.NONE);
    String lengthy = "x".repeat(90);
    JsonNode messages =
        encode(
                turn(Role.ASSISTANT, call("", "w", "{}"), call("", "v", "{}")),
                turn(Role.USER, named, result("", false, Chat.text("r"))),
                turn(Role.ASSISTANT, call(lengthy, "w", "{}")),
                turn(Role.USER, result(lengthy, false, Chat.text("r"))))
            .path("messages");
    assertThat(messages.at("/1/tool_call_id")).isEqualTo(messages.at("/0/tool_calls/1/id"));
    assertThat(messages.at("/1/content").asString()).isEqualTo("{\"t\":\"a\\\\\"}");
    assertThat(messages.at("/2/tool_call_id")).isEqualTo(messages.at("/0/tool_calls/0/id"));
    assertThat(messages.at("/4/tool_call_id")).isEqualTo(messages.at("/3/tool_calls/0/id"));
  }

  @Test
  void mediaOfAResult_isSaidBesideIt_andErrorsInWords() throws Exception {
    JsonNode messages =
        encode(
                turn(Role.ASSISTANT, call("a", "shot", "{}")),
                turn(Role.USER, result("a", true, Chat.text("half"), png())))
            .path("messages");
    assertThat(messages.at("/1/content/0/text").asString()).isEqualTo("[The tool failed.]");
    assertThat(messages.at("/1/content/1/text").asString()).isEqualTo("half");
    assertThat(messages.at("/2/role").asString()).isEqualTo("user");
    assertThat(messages.at("/2/content/1/image_url/url").asString())
        .isEqualTo("data:image/png;base64,iVBO");
    assertThat(losses.words()).containsExactlyInAnyOrder("media_in_tool_result", "tool_error_mark");
  }

  @Test
  void foreignThoughts_stayBehind_ownOnesGoBackWhereTheyCameFrom() throws Exception {
    Part foreign =
        new Part.Thought(
            RawText.of("hm"),
            Optional.of(
                new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("s"), RawText.EMPTY)));
    JsonNode without = encode(turn(Role.ASSISTANT, foreign, Chat.text("a"))).path("messages");
    assertThat(Trees.text(without)).doesNotContain("hm").doesNotContain("reasoning");
    assertThat(losses.words()).containsExactly("reasoning_history");

    Told told =
        Told.of(
            new ChatDocumentDecoder(),
            "{\"id\":\"i\",\"choices\":[{\"message\":{\"content\":\"a\",\"reasoning_details\":["
                + "{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"s\",\"format\":\"f\","
                + "\"index\":0}]},\"finish_reason\":\"stop\"}]}");
    Proof proof =
        told.events().stream()
            .filter(dev.probity.gateway.neutral.AnswerEvent.Proven.class::isInstance)
            .map(event -> ((dev.probity.gateway.neutral.AnswerEvent.Proven) event).proof())
            .findFirst()
            .orElseThrow();
    JsonNode own =
        encode(
                turn(
                    Role.ASSISTANT,
                    new Part.Thought(RawText.of("hm"), Optional.of(proof)),
                    new Part.Thought(
                        RawText.of("plain"), Optional.of(ChatDetail.ofMember("reasoning_content"))),
                    Chat.text("a")))
            .at("/messages/0");
    assertThat(own.path("reasoning_details"))
        .isEqualTo(
            Trees.parse(
                "[{\"type\":\"reasoning.text\",\"signature\":\"s\",\"format\":\"f\",\"index\":0,"
                    + "\"text\":\"hm\"}]"));
    assertThat(own.path("reasoning_content").asString()).isEqualTo("plain");
  }

  @Test
  void signaturesOfOtherVendors_stayBehind() throws Exception {
    Part signed =
        new Part.ToolCall(
            RawText.of("a"),
            RawText.of("w"),
            RawJson.EMPTY_OBJECT,
            false,
            Optional.of(
                new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, RawText.of("s"), RawText.EMPTY)),
            CacheMark.NONE);
    JsonNode body =
        encode(turn(Role.ASSISTANT, signed), turn(Role.USER, result("a", false, Chat.text("r"))));
    assertThat(Trees.text(body)).doesNotContain("extra_content");
    assertThat(losses.words()).containsExactly("reasoning_history");
  }

  @Test
  void cacheMarks_andStrangeKnobs_areNoted() throws Exception {
    Prompt prompt =
        new Prompt(
            List.of(new Part.Text(RawText.of("sys"), CacheMark.ONE_HOUR, Optional.empty())),
            List.of(turn(Role.USER, Chat.text("a"))),
            List.of(),
            ToolChoice.UNSAID,
            Reasoning.UNSAID,
            OutputFormat.PLAIN,
            Map.of(
                Knob.TOP_K, RawJson.of("3"),
                Knob.SAFETY_SETTINGS, RawJson.EMPTY_ARRAY,
                Knob.METADATA, RawJson.of("{\"a\":\"b\"}"),
                Knob.MAX_TOKENS, RawJson.of("9"),
                Knob.END_USER, RawJson.of("\"u\"")),
            Map.of("context_management", RawJson.EMPTY_OBJECT));
    JsonNode body = encode(prompt);
    assertThat(body.path("max_completion_tokens").asLong()).isEqualTo(9);
    assertThat(body.path("user").asString()).isEqualTo("u");
    assertThat(body.at("/messages/0/role").asString()).isEqualTo("system");
    assertThat(losses.words())
        .containsExactlyInAnyOrder(
            "cache_mark",
            "dropped:top_k",
            "dropped:safety_settings",
            "dropped:metadata",
            "unknown:context_management");
  }

  @Test
  void severalAnswers_otherModalities_andCachedContents_areRefused() {
    for (Map.Entry<Knob, String> each :
        Map.of(
                Knob.CANDIDATES, "2",
                Knob.MODALITIES, "[\"text\",\"audio\"]",
                Knob.CACHED_CONTENT, "\"cachedContents/1\"")
            .entrySet()) {
      assertThatThrownBy(() ->
              encode(with(Map.of(each.getKey(), RawJson.of(each.getValue())), Reasoning.UNSAID)))
          .isInstanceOf(Untranslatable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1_024, 10_000, 32_000})
  void budgets_becomeTheNearestEffort(long tokens) throws Exception {
    JsonNode body =
        encode(
            with(
                Map.of(),
                new Reasoning(
                    Reasoning.Mode.ON,
                    Optional.empty(),
                    OptionalLong.of(tokens),
                    Optional.empty(),
                    true)));
    assertThat(body.path("reasoning_effort").asString())
        .isEqualTo(tokens == 1_024 ? "low" : tokens == 10_000 ? "medium" : "high");
    assertThat(losses.words()).containsExactly("reasoning_effort");
  }

  @Test
  void searchTools_becomeOptions_otherServerToolsStayBehind() throws Exception {
    Tool search =
        new Tool.Server(
            Tool.Server.Kind.WEB_SEARCH,
            Dialect.MESSAGES,
            "web_search_20250305",
            RawJson.of(
                "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3,"
                    + "\"user_location\":{\"type\":\"approximate\",\"city\":\"Rome\"}}"));
    Tool bash =
        new Tool.Server(
            Tool.Server.Kind.OTHER, Dialect.MESSAGES, "bash_20250124", RawJson.EMPTY_OBJECT);
    JsonNode body = encode(Chat.prompt(List.of(search, bash), turn(Role.USER, Chat.text("a"))));
    assertThat(body.path("web_search_options"))
        .isEqualTo(
            Trees.parse(
                "{\"user_location\":{\"type\":\"approximate\",\"approximate\":{\"city\":\"Rome\"}}}"));
    assertThat(body.has("tools")).isFalse();
    assertThat(losses.words())
        .containsExactlyInAnyOrder("dropped:max_uses", "server_tool:bash_20250124");
  }

  @Test
  void flatGrammars_areNested() throws Exception {
    Tool custom =
        new Tool.Custom(
            RawText.of("p"),
            Optional.empty(),
            Optional.of(
                RawJson.of(
                    "{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"start: x\"}")));
    assertThat(
            encode(Chat.prompt(List.of(custom), turn(Role.USER, Chat.text("a"))))
                .at("/tools/0/custom/format/grammar/syntax")
                .asString())
        .isEqualTo("lark");
  }

  @Test
  void mediaThatChatCannotTake_areRefused() {
    RawText any = RawText.of("https://x");
    for (Media media :
        List.of(
            media(Media.Kind.DOCUMENT, "application/pdf", new Part.Url(any)),
            media(Media.Kind.AUDIO, "audio/ogg", new Part.Inline(any)),
            media(Media.Kind.IMAGE, "", new Part.UploadedFile(Dialect.CHAT, any)),
            media(Media.Kind.DOCUMENT, "", new Part.UploadedFile(Dialect.GEMINI, any)))) {
      refused("unsupported_content", turn(Role.USER, media));
    }
  }

  @Test
  void documents_areFiles_orText() throws Exception {
    JsonNode content =
        encode(
                turn(
                    Role.USER,
                    media(
                        Media.Kind.DOCUMENT,
                        "application/pdf",
                        new Part.Inline(RawText.of("JVBE"))),
                    media(
                        Media.Kind.DOCUMENT,
                        "text/plain",
                        new Part.InlineText(RawText.of("plain")))))
            .at("/messages/0/content");
    assertThat(content.at("/0/file/file_data").asString())
        .isEqualTo("data:application/pdf;base64,JVBE");
    assertThat(content.at("/1/text").asString()).isEqualTo("plain");
  }
}
