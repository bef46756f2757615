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
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients' requests. */
class ChatRequestDecoderTest {
  private static final String HELLO = "[{\"role\":\"user\",\"content\":\"hello\"}]";

  private final Losses losses = new Losses();

  private Prompt decode(String messages, String... members) throws Exception {
    return Chat.decode(Chat.body(messages, members), losses);
  }

  private Part part(String json) throws Exception {
    return decode("[{\"role\":\"user\",\"content\":[" + json + "]}]")
        .turns()
        .getFirst()
        .parts()
        .getFirst();
  }

  private void refused(String code, String says, String messages, String... members) {
    assertThatThrownBy(() -> decode(messages, members))
        .isInstanceOfSatisfying(
            Untranslatable.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo(code);
              assertThat(refused.refusal().status()).isEqualTo(400);
              assertThat(refused.refusal().message()).contains(says);
            });
  }

  @Test
  void leadingSystemMessages_areInstructions_laterOnesAreTurns() throws Exception {
    Prompt prompt =
        decode(
            "[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"developer\",\"content\":"
                + "[{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"},"
                + "{\"role\":\"system\",\"content\":\"d\"}]");
    assertThat(prompt.instructions()).containsExactly(Chat.text("a"), Chat.text("b"));
    assertThat(prompt.turns())
        .extracting(Prompt.Turn::role)
        .containsExactly(Role.USER, Role.SYSTEM);
    assertThat(losses.isEmpty()).isTrue();
  }

  @Test
  void texts_stayAsTheyWereWritten() throws Exception {
    Prompt prompt = decode("[{\"role\":\"user\",\"content\":\"\\u00e9\\/ \\ud83d\\n\"}]");
    assertThat(((Part.Text) prompt.turns().getFirst().parts().getFirst()).text())
        .hasToString("\\u00e9\\/ \\ud83d\\n");
  }

  @Test
  void images_areInlineOrLinks() throws Exception {
    assertThat(
            part(
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO+/=\","
                    + "\"detail\":\"low\"}}"))
        .isEqualTo(
            new Media(
                Media.Kind.IMAGE,
                "image/png",
                new Part.Inline(RawText.of("iVBO+/=")),
                Optional.empty(),
                Optional.of(RawText.of("low")),
                CacheMark.NONE));
    assertThat(
            ((Media) part("{\"type\":\"image_url\",\"image_url\":\"https://x/y.png\"}")).source())
        .isEqualTo(new Part.Url(RawText.of("https://x/y.png")));
    // As PHP writes slashes.
    assertThat(
            ((Media)
                    part(
                        "{\"type\":\"image_url\",\"image_url\":"
                            + "{\"url\":\"data:image\\/png;base64,a\\/b\"}}"))
                .mediaType())
        .isEqualTo("image/png");
    refused(
        "invalid_data_url",
        "messages[0].content[0].image_url.url",
        "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
            + "{\"url\":\"data:image/png,abc\"}}]}]");
  }

  @Test
  void soundsAndFiles_areMedia() throws Exception {
    Media sound =
        (Media)
            part(
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklG\",\"format\":\"mp3\"}}");
    assertThat(sound.kind()).isEqualTo(Media.Kind.AUDIO);
    assertThat(sound.mediaType()).isEqualTo("audio/mpeg");
    Media file =
        (Media)
            part(
                "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\","
                    + "\"file_data\":\"data:application/pdf;base64,JVBE\"}}");
    assertThat(file.kind()).isEqualTo(Media.Kind.DOCUMENT);
    assertThat(file.mediaType()).isEqualTo("application/pdf");
    assertThat(file.name()).contains(RawText.of("a.pdf"));
    assertThat(((Media) part("{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}")).source())
        .isEqualTo(new Part.UploadedFile(Dialect.CHAT, RawText.of("file-1")));
    assertThat(
            ((Media) part("{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://x\"}}")).kind())
        .isEqualTo(Media.Kind.VIDEO);
  }

  @Test
  void cacheMarks_areRead_inBothWaysOfWritingThem() throws Exception {
    String text = "{\"type\":\"text\",\"text\":\"a\",";
    assertThat(((Part.Text) part(text + "\"cache_control\":{\"type\":\"ephemeral\"}}")).cache())
        .isEqualTo(CacheMark.FIVE_MINUTES);
    assertThat(
            ((Part.Text) part(text + "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}"))
                .cache())
        .isEqualTo(CacheMark.ONE_HOUR);
    assertThat(
            ((Part.Text)
                    part(
                        text
                            + "\"prompt_cache_breakpoint\":{\"mode\":\"explicit\",\"ttl\":\"12h\"}}"))
                .cache())
        .isEqualTo(CacheMark.ONE_HOUR);
  }

  @Test
  void calls_andTheirResults() throws Exception {
    Prompt prompt =
        decode(
            "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"\","
                + "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"w\","
                + "\"arguments\":\"{\\\"city\\\": \\\"K\\\\u00f6ln\\\"}\"},\"extra_content\":"
                + "{\"google\":{\"thought_signature\":\"raw\"}}},{\"id\":\"c2\",\"type\":\"custom\","
                + "\"custom\":{\"name\":\"p\",\"input\":\"x\\ny\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"two\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":[{\"type\":\"text\","
                + "\"text\":\"one\"}]}]");
    assertThat(prompt.turns()).hasSize(3);
    List<Part> calls = prompt.turns().get(1).parts();
    assertThat(calls)
        .containsExactly(
            new Part.ToolCall(
                RawText.of("c1"),
                RawText.of("w"),
                RawJson.of("{\"city\": \"K\\u00f6ln\"}"),
                false,
                Optional.of(
                    new Proof(
                        Dialect.CHAT, Proof.Kind.SIGNATURE, RawText.of("raw"), RawText.EMPTY)),
                CacheMark.NONE),
            new Part.ToolCall(
                RawText.of("c2"),
                RawText.of("p"),
                RawJson.text("x\ny"),
                true,
                Optional.empty(),
                CacheMark.NONE));
    List<Part> results = prompt.turns().get(2).parts();
    assertThat(results).hasSize(2);
    Part.ToolResult two = (Part.ToolResult) results.getFirst();
    assertThat(two.name()).contains(RawText.of("p"));
    assertThat(two.freeform()).isTrue();
    assertThat(two.content()).containsExactly(Chat.text("two"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{oops", "[1]", "7", "not json at all", "{} {}"})
  void argumentsThatAreNoObject_stayTheClientsOwnText(String arguments) throws Exception {
    Prompt prompt =
        decode(
            "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"tool_calls\":["
                + "{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"w\",\"arguments\":\""
                + arguments
                + "\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}]");
    assertThat(((Part.ToolCall) prompt.turns().get(1).parts().getFirst()).input())
        .isEqualTo(RawJson.text(arguments));
  }

  @Test
  void oldFunctions_areToolsAndCalls() throws Exception {
    Prompt prompt =
        decode(
            "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":null,"
                + "\"function_call\":{\"name\":\"w\",\"arguments\":\"{}\"}},"
                + "{\"role\":\"function\",\"name\":\"w\",\"content\":\"rain\"}]",
            "\"functions\":[{\"name\":\"w\",\"parameters\":{\"type\":\"object\"}}]",
            "\"function_call\":{\"name\":\"w\"}");
    Part.ToolCall call = (Part.ToolCall) prompt.turns().get(1).parts().getFirst();
    Part.ToolResult result = (Part.ToolResult) prompt.turns().get(2).parts().getFirst();
    assertThat(call.id()).isEqualTo(result.id());
    assertThat(((Tool.Function) prompt.tools().getFirst()).name()).isEqualTo(RawText.of("w"));
    assertThat(prompt.toolChoice())
        .isEqualTo(
            new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(RawText.of("w")), Optional.of(false)));
  }

  @Test
  void callsWithoutResults_andResultsWithoutCalls_areRefused() {
    String call =
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
            + "\"function\":{\"name\":\"w\",\"arguments\":\"{}\"}}]}";
    String result = "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}";
    String user = "{\"role\":\"user\",\"content\":\"a\"}";
    refused("tool_call_without_result", "'w'", "[" + user + "," + call + "]");
    refused("tool_call_without_result", "'c'", "[" + call + "," + user + "]");
    refused("tool_result_without_call", "'c'", "[" + user + "," + result + "]");
    refused("tool_result_without_call", "'c'", "[" + call + "," + result + "," + result + "]");
    refused(
        "missing_required_parameter",
        "tool_call_id",
        "[" + call + ",{\"role\":\"tool\",\"content\":\"r\"}]");
  }

  @Test
  void tools_andTheChoiceAmongThem() throws Exception {
    Prompt prompt =
        decode(
            HELLO,
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\",\"description\":\"d\","
                + "\"parameters\":{\"type\":\"object\" },\"strict\":true,\"x\":1}},"
                + "{\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"format\":{\"type\":\"text\"}}},"
                + "{\"type\":\"web_search\"},{\"type\":\"mcp\",\"server_label\":\"l\"}]",
            "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\","
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\"}},"
                + "{\"type\":\"custom\",\"custom\":{\"name\":\"p\"}}]}}",
            "\"parallel_tool_calls\":false",
            "\"web_search_options\":{}");
    Tool.Function function = (Tool.Function) prompt.tools().getFirst();
    assertThat(function.schema()).contains(RawJson.of("{\"type\":\"object\" }"));
    assertThat(function.strict()).contains(true);
    assertThat(function.rest()).containsKey("x");
    assertThat(prompt.tools().get(1)).isInstanceOf(Tool.Custom.class);
    assertThat(prompt.tools().subList(2, 5))
        .extracting(tool -> ((Tool.Server) tool).kind())
        .containsExactly(
            Tool.Server.Kind.WEB_SEARCH, Tool.Server.Kind.OTHER, Tool.Server.Kind.WEB_SEARCH);
    assertThat(prompt.toolChoice())
        .isEqualTo(
            new ToolChoice(
                ToolChoice.Mode.REQUIRED,
                List.of(RawText.of("w"), RawText.of("p")),
                Optional.of(false)));
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "none, NONE", "required, REQUIRED"})
  void choices_haveWords(String word, ToolChoice.Mode mode) throws Exception {
    assertThat(decode(HELLO, "\"tool_choice\":\"" + word + "\"").toolChoice().mode())
        .isEqualTo(mode);
  }

  @Test
  void formats_areRead() throws Exception {
    assertThat(decode(HELLO, "\"response_format\":{\"type\":\"text\"}").format())
        .isEqualTo(OutputFormat.PLAIN);
    assertThat(decode(HELLO, "\"response_format\":{\"type\":\"json_object\"}").format())
        .isEqualTo(new OutputFormat.AnyJson());
    assertThat(
            decode(
                    HELLO,
                    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\","
                        + "\"schema\":{\"type\":\"object\"},\"strict\":true}}")
                .format())
        .isEqualTo(
            new OutputFormat.Schema(
                Optional.of(RawText.of("n")),
                RawJson.of("{\"type\":\"object\"}"),
                Optional.empty(),
                Optional.of(true)));
    refused("invalid_value", "grammar", HELLO, "\"response_format\":{\"type\":\"grammar\"}");
  }

  @ParameterizedTest
  @CsvSource({"minimal", "low", "medium", "high", "xhigh", "max"})
  void efforts_areRead(String word) throws Exception {
    Reasoning reasoning = decode(HELLO, "\"reasoning_effort\":\"" + word + "\"").reasoning();
    assertThat(reasoning.mode()).isEqualTo(Reasoning.Mode.ON);
    assertThat(reasoning.effort().orElseThrow().name()).isEqualToIgnoringCase(word);
    assertThat(reasoning.proofs()).isTrue();
    assertThat(reasoning.show()).contains(true);
  }

  @Test
  void thinking_isOff_orSaidAsAnObject() throws Exception {
    assertThat(decode(HELLO, "\"reasoning_effort\":\"none\"").reasoning().mode())
        .isEqualTo(Reasoning.Mode.OFF);
    assertThat(decode(HELLO).reasoning()).isEqualTo(Reasoning.UNSAID);
    Reasoning object =
        decode(HELLO, "\"reasoning\":{\"max_tokens\":2000,\"exclude\":true}").reasoning();
    assertThat(object.budget()).hasValue(2000);
    assertThat(object.show()).contains(false);
    assertThat(decode(HELLO, "\"reasoning\":{\"enabled\":false}").reasoning().mode())
        .isEqualTo(Reasoning.Mode.OFF);
    refused("invalid_value", "reasoning_effort", HELLO, "\"reasoning_effort\":\"lots\"");
  }

  @Test
  void knobs_areCarriedAsWritten_andTheRestIsKept() throws Exception {
    Prompt prompt =
        decode(
            HELLO,
            "\"temperature\":0.70",
            "\"max_tokens\":5",
            "\"stop\":\"E\\u004eD\"",
            "\"n\":1",
            "\"user\":\"u\"",
            "\"safety_identifier\":\"s\"",
            "\"top_k\":3",
            "\"seed\":null",
            "\"unheard_of\":{\"a\":1}");
    assertThat(prompt.knobs())
        .containsEntry(Knob.TEMPERATURE, RawJson.of("0.70"))
        .containsEntry(Knob.MAX_TOKENS, RawJson.of("5"))
        .containsEntry(Knob.STOP, RawJson.of("[\"E\\u004eD\"]"))
        .containsEntry(Knob.END_USER, RawJson.of("\"s\""))
        .containsEntry(Knob.TOP_K, RawJson.of("3"))
        .hasSize(5);
    assertThat(prompt.rest()).containsOnlyKeys("unheard_of");
    assertThat(decode(HELLO, "\"n\":2").knobs()).containsEntry(Knob.CANDIDATES, RawJson.of("2"));
  }

  @Test
  void whatIsNoRequest_isRefused_byName() {
    refused("missing_required_parameter", "'messages'", "null");
    refused("invalid_type", "'messages'", "{}");
    refused("empty_array", "'messages'", "[]");
    refused("invalid_type", "'messages[0]'", "[7]");
    refused("missing_required_parameter", "'messages[0].role'", "[{\"content\":\"a\"}]");
    refused("invalid_value", "'wizard'", "[{\"role\":\"wizard\",\"content\":\"a\"}]");
    refused("invalid_type", "'messages[0].content'", "[{\"role\":\"user\",\"content\":null}]");
    refused(
        "invalid_value",
        "'hologram'",
        "[{\"role\":\"user\",\"content\":[{\"type\":\"hologram\",\"hologram\":{}}]}]");
    refused("invalid_type", "'temperature'", HELLO, "\"temperature\":\"hot\"");
    refused("invalid_type", "'max_tokens'", HELLO, "\"max_tokens\":1.5");
    refused("invalid_value", "'n'", HELLO, "\"n\":0");
    refused(
        "invalid_value",
        "max_completion_tokens",
        HELLO,
        "\"max_tokens\":1",
        "\"max_completion_tokens\":2");
    refused(
        "missing_required_parameter",
        "tools[0].function.name",
        HELLO,
        "\"tools\":[{\"type\":\"function\",\"function\":{}}]");
    refused("invalid_value", "'tool_choice'", HELLO, "\"tool_choice\":\"maybe\"");
  }

  @Test
  void messageMembersWithoutAPlace_areNoted() throws Exception {
    decode("[{\"role\":\"user\",\"name\":\"Ann\",\"content\":\"a\",\"mood\":\"good\"}]");
    assertThat(losses.words()).containsExactlyInAnyOrder("dropped:name", "unknown:mood");
  }

  @Test
  void largeImage_isNotCopied() throws Exception {
    byte[] body =
        Chat.body(
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                    + "\"data:image/png;base64,"
                    + "A".repeat(20 << 20)
                    + "\"}}]}]")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Prompt prompt = ChatRequestDecoder.INSTANCE.decode(RawJson.of(body, 0, body.length), losses);
    Media image = (Media) prompt.turns().getFirst().parts().getFirst();
    RawText base64 = ((Part.Inline) image.source()).base64();
    assertThat(base64.length()).isEqualTo(20 << 20);
    // The very bytes of the request: whoever changes those changes these.
    body[body.length - 20] = 'B';
    assertThat(base64.indexOf('B')).isPositive();
  }
}
