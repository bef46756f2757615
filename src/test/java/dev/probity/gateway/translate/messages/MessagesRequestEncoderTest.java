package dev.probity.gateway.translate.messages;

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
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.upstream.simulated.script.Sight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class MessagesRequestEncoderTest {
  private static final String SONNET_4_5 = "claude-sonnet-4-5-20250929";
  private static final String OPUS_5_5 = "claude-opus-5-5";

  private final Losses losses = new Losses();

  private static Part text(String text) {
    return Part.Text.of(RawText.of(text));
  }

  private static Turn user(Part... parts) {
    return new Turn(Role.USER, List.of(parts));
  }

  private static Turn assistant(Part... parts) {
    return new Turn(Role.ASSISTANT, List.of(parts));
  }

  private static Part call(String id, String name, String input) {
    return new Part.ToolCall(
        RawText.of(id),
        RawText.of(name),
        Samples.json(input),
        false,
        Optional.empty(),
        CacheMark.NONE);
  }

  private static Part result(String id, String text) {
    return new Part.ToolResult(
        RawText.of(id),
        Optional.empty(),
        List.of(text(text)),
        Optional.empty(),
        false,
        false,
        CacheMark.NONE);
  }

  private static Part thought(String text, Dialect origin, String proof) {
    return new Part.Thought(
        RawText.of(text),
        Optional.of(new Proof(origin, Proof.Kind.SIGNATURE, RawText.of(proof), RawText.EMPTY)));
  }

  private static Tool function(String name) {
    return new Tool.Function(
        RawText.of(name),
        Optional.of(RawText.of("d")),
        Optional.of(RawJson.of("{\"type\":\"object\",\"properties\":{}}")),
        Optional.empty(),
        CacheMark.NONE,
        Map.of());
  }

  private static Prompt said(Turn... turns) {
    return new Prompt(
        List.of(),
        List.of(turns),
        List.of(),
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        Map.of(),
        Map.of());
  }

  private static Prompt with(Prompt prompt, ToolChoice choice, Tool... tools) {
    return new Prompt(
        prompt.instructions(),
        prompt.turns(),
        List.of(tools),
        choice,
        prompt.reasoning(),
        prompt.format(),
        prompt.knobs(),
        prompt.rest());
  }

  private static Prompt with(Prompt prompt, Reasoning reasoning) {
    return new Prompt(
        prompt.instructions(),
        prompt.turns(),
        prompt.tools(),
        prompt.toolChoice(),
        reasoning,
        prompt.format(),
        prompt.knobs(),
        prompt.rest());
  }

  private static Prompt with(Prompt prompt, OutputFormat format, Map<Knob, RawJson> knobs) {
    return new Prompt(
        prompt.instructions(),
        prompt.turns(),
        prompt.tools(),
        prompt.toolChoice(),
        prompt.reasoning(),
        format,
        knobs,
        prompt.rest());
  }

  private static Reasoning effort(Effort effort) {
    return new Reasoning(
        Mode.DEFAULT, Optional.of(effort), OptionalLong.empty(), Optional.of(true), true);
  }

  private static Reasoning off() {
    return new Reasoning(Mode.OFF, Optional.empty(), OptionalLong.empty(), Optional.empty(), false);
  }

  private JsonNode sent(Prompt prompt, String model) throws Exception {
    return Samples.sent(prompt, model, losses);
  }

  @Test
  void aPlainQuestion_isAskedWithADefaultOfTokens() throws Exception {
    JsonNode body = sent(said(user(text("hi"))), SONNET_4_5);
    assertThat(body)
        .isEqualTo(
            Samples.tree(
                """
                {"model":"claude-sonnet-4-5-20250929","max_tokens":64000,
                 "messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}
                """));
    assertThat(losses.isEmpty()).isTrue();
    assertThat(sent(said(user(text("hi"))), "claude-3-haiku-20240307").path("max_tokens").asInt())
        .isEqualTo(4096);
    assertThat(sent(said(user(text("hi"))), "house-model").path("max_tokens").asInt())
        .isEqualTo(64_000);
  }

  @Test
  void results_goRightAfterTheirCalls_aheadOfOtherWords() throws Exception {
    JsonNode body =
        sent(
            said(
                user(text("go")),
                assistant(call("a", "ls", "{}")),
                assistant(call("b", "ls", "{\"p\": [1, 2]}")),
                user(text("by the way")),
                user(result("b", "two")),
                assistant(text("meanwhile")),
                user(result("a", "one"), text("and now?"))),
            SONNET_4_5);
    assertThat(body.path("messages"))
        .isEqualTo(
            Samples.tree(
                """
                [{"role":"user","content":[{"type":"text","text":"go"}]},
                 {"role":"assistant","content":[
                   {"type":"tool_use","id":"a","name":"ls","input":{}},
                   {"type":"tool_use","id":"b","name":"ls","input":{"p":[1,2]}}]},
                 {"role":"user","content":[
                   {"type":"tool_result","tool_use_id":"b","content":"two"},
                   {"type":"tool_result","tool_use_id":"a","content":"one"},
                   {"type":"text","text":"by the way"}]},
                 {"role":"assistant","content":[{"type":"text","text":"meanwhile"}]},
                 {"role":"user","content":[{"type":"text","text":"and now?"}]}]
                """));
  }

  @Test
  void ids_becomeSuchAsAnthropicTakes_eachOnce() throws Exception {
    JsonNode messages =
        sent(
                said(
                    user(text("go")),
                    assistant(call("functions.ls:0", "ls", "{}")),
                    user(result("functions.ls:0", "1")),
                    assistant(call("functions.ls:0", "ls", "{}")),
                    user(result("functions.ls:0", "2")),
                    assistant(call("", "ls", "{}"), call("", "ls", "{}")),
                    user(result("", "3"), result("", "4"))),
                SONNET_4_5)
            .path("messages");
    String first = messages.at("/1/content/0/id").asString();
    String second = messages.at("/3/content/0/id").asString();
    assertThat(first).isEqualTo("functions_ls_0").isNotEqualTo(second);
    assertThat(messages.at("/2/content/0/tool_use_id").asString()).isEqualTo(first);
    assertThat(messages.at("/4/content/0/tool_use_id").asString()).isEqualTo(second);
    assertThat(messages.at("/6/content/1/tool_use_id").asString())
        .isEqualTo(messages.at("/5/content/1/id").asString());
  }

  @Test
  void pairsThatAreNone_areRefused() {
    refused("tool_result_without_call", said(user(text("x")), user(result("a", "1"))));
    refused(
        "tool_result_without_call",
        said(
            user(text("x")),
            assistant(call("a", "ls", "{}")),
            user(result("a", "1"), result("a", "2"))));
    refused("tool_call_without_result", said(user(text("x")), assistant(call("a", "ls", "{}"))));
    refused(
        "invalid_tool_arguments",
        said(user(text("x")), assistant(call("a", "ls", "\"{oops\"")), user(result("a", "1"))));
    refused(
        "invalid_tool_name",
        said(user(text("x")), assistant(call("a", "l.s", "{}")), user(result("a", "1"))));
  }

  private void refused(String code, Prompt prompt) {
    assertThatThrownBy(() -> Samples.unruly(prompt, SONNET_4_5, losses))
        .isInstanceOfSatisfying(
            Untranslatable.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  @Test
  void whatIsEmpty_isLeftOut_andTheUserHasTheFirstWord() throws Exception {
    JsonNode body =
        sent(
            said(assistant(text("Hello!")), user(text(""), text(" \n")), user(text("x"))),
            SONNET_4_5);
    assertThat(body.at("/messages/0/content/0/text").asString()).isEqualTo("Continue.");
    assertThat(body.at("/messages/2/content").size()).isEqualTo(1);
    assertThat(losses.words()).containsExactly("turn_added");
  }

  @Test
  void theAssistantHasTheLastWord_onlyWhereThatIsTaken() throws Exception {
    Prompt prompt = said(user(text("x")), assistant(text("{")));
    assertThat(sent(prompt, SONNET_4_5).path("messages").size()).isEqualTo(2);
    assertThat(sent(prompt, OPUS_5_5).path("messages").size()).isEqualTo(3);
    assertThat(losses.words()).containsExactly("turn_added");
  }

  @Test
  void systemTurns_areSaidAsTheUsers() throws Exception {
    JsonNode body =
        sent(said(user(text("x")), new Turn(Role.SYSTEM, List.of(text("mind")))), SONNET_4_5);
    assertThat(body.at("/messages/0/content/1/text").asString()).isEqualTo("mind");
    assertThat(losses.words()).containsExactly("system_in_conversation");
  }

  @Test
  void ownThoughts_goBackByteForByte_othersDoNot() throws Exception {
    String own = Sight.seal("anthropic", "hm");
    JsonNode body =
        sent(
            said(
                user(text("x")),
                assistant(
                    thought("hm", Dialect.MESSAGES, own),
                    thought("so", Dialect.GEMINI, "Cs4"),
                    text("y")),
                user(text("z"))),
            SONNET_4_5);
    assertThat(body.at("/messages/1/content"))
        .isEqualTo(
            Samples.tree(
                """
                [{"type":"thinking","thinking":"hm","signature":"%s"},{"type":"text","text":"y"}]
                """
                    .formatted(own)));
    assertThat(losses.words()).containsExactly("reasoning_history");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          claude-3-5-haiku-20241022 | HIGH | | | reasoning_effort
          claude-sonnet-4-5 | HIGH | {"type":"enabled","budget_tokens":16384} | | reasoning_effort
          claude-sonnet-4-6 | XHIGH | {"type":"adaptive","display":"summarized"} | high | reasoning_effort
          claude-opus-4-7 | XHIGH | {"type":"adaptive","display":"summarized"} | xhigh |
          claude-opus-5-5 | MINIMAL | {"type":"adaptive","display":"summarized"} | low | reasoning_effort
          claude-haiku-5-5 | MAX | {"type":"adaptive","display":"summarized"} | max |
          us.anthropic.claude-opus-4-1-20250805-v1:0 | LOW | {"type":"enabled","budget_tokens":2048} | | reasoning_effort
          kimi-k3 | MEDIUM | {"type":"enabled","budget_tokens":8192} | | reasoning_effort
          """)
  void effort_isSaidInTheModelsWay(
      String model, Effort effort, String thinking, String word, String loss) throws Exception {
    JsonNode body = sent(with(said(user(text("x"))), effort(effort)), model);
    if (thinking == null) {
      assertThat(body.has("thinking")).isFalse();
    } else {
      assertThat(body.path("thinking")).isEqualTo(Samples.tree(thinking));
    }
    assertThat(body.at("/output_config/effort").asString("")).isEqualTo(word == null ? "" : word);
    assertThat(losses.words()).isEqualTo(loss == null ? List.of() : List.of(loss));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, disabled, ''",
    "claude-opus-4-8, disabled, ''",
    "claude-sonnet-5-5, between_tools, ''",
    "claude-opus-5-5, '', low",
    "claude-fable-5, '', low",
    "claude-mythos-preview, '', low"
  })
  void off_isTheLeastToBeHad(String model, String type, String word) throws Exception {
    JsonNode body = sent(with(said(user(text("x"))), off()), model);
    assertThat(body.at("/thinking/type").asString("")).isEqualTo(type);
    assertThat(body.at("/output_config/effort").asString("")).isEqualTo(word);
  }

  @Test
  void aBudget_staysBelowTheTokensOfTheAnswer() throws Exception {
    Reasoning asked =
        new Reasoning(Mode.ON, Optional.empty(), OptionalLong.of(10_000), Optional.empty(), true);
    Prompt prompt =
        with(
            with(said(user(text("x"))), asked),
            OutputFormat.PLAIN,
            Map.of(Knob.MAX_TOKENS, RawJson.number(4000)));
    assertThat(sent(prompt, SONNET_4_5).at("/thinking/budget_tokens").asInt()).isEqualTo(3999);
    Prompt small = with(prompt, OutputFormat.PLAIN, Map.of(Knob.MAX_TOKENS, RawJson.number(900)));
    assertThat(sent(small, SONNET_4_5).has("thinking")).isFalse();
    assertThat(losses.words()).containsExactly("reasoning_effort");
  }

  @Test
  void thinking_isLeft_whereTheThoughtsOfACallAreMissing() throws Exception {
    Prompt prompt =
        with(
            said(
                user(text("x")),
                assistant(thought("?", Dialect.GEMINI, "Cs4"), call("a", "ls", "{}")),
                user(result("a", "1"))),
            effort(Effort.HIGH));
    assertThat(sent(prompt, SONNET_4_5).has("thinking")).isFalse();
    assertThat(losses.words()).containsExactly("reasoning_history", "reasoning_off");
    assertThat(sent(prompt, OPUS_5_5).at("/thinking/type").asString()).isEqualTo("adaptive");
  }

  @Test
  void aForcedChoice_goesBeforeThinking_orIsNotTaken() throws Exception {
    ToolChoice forced =
        new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(RawText.of("ls")), Optional.of(false));
    Prompt prompt = with(with(said(user(text("x"))), effort(Effort.HIGH)), forced, function("ls"));
    JsonNode body = sent(prompt, SONNET_4_5);
    assertThat(body.has("thinking")).isFalse();
    assertThat(body.path("tool_choice"))
        .isEqualTo(
            Samples.tree("{\"type\":\"tool\",\"name\":\"ls\",\"disable_parallel_tool_use\":true}"));
    assertThat(sent(prompt, OPUS_5_5).at("/tool_choice/type").asString()).isEqualTo("auto");
    assertThat(losses.words()).containsExactly("reasoning_off", "tool_choice");
  }

  @Test
  void severalNames_areTheOnlyToolsOffered() throws Exception {
    ToolChoice some =
        new ToolChoice(
            ToolChoice.Mode.REQUIRED, List.of(RawText.of("b"), RawText.of("c")), Optional.empty());
    JsonNode body =
        sent(
            with(said(user(text("x"))), some, function("a"), function("b"), function("c")),
            SONNET_4_5);
    assertThat(body.path("tools").size()).isEqualTo(2);
    assertThat(body.at("/tool_choice/type").asString()).isEqualTo("any");
  }

  @Test
  void freeformAndServerTools_areOfferedAsTheyCanBe() throws Exception {
    Tool custom =
        new Tool.Custom(
            RawText.of("apply_patch"),
            Optional.of(RawText.of("Patches.")),
            Optional.of(RawJson.of("{\"type\":\"grammar\",\"definition\":\"x: \\\"y\\\"\"}")));
    Tool search =
        new Tool.Server(
            Tool.Server.Kind.WEB_SEARCH,
            Dialect.RESPONSES,
            "web_search",
            RawJson.of("{\"type\":\"web_search\"}"));
    Tool shell =
        new Tool.Server(
            Tool.Server.Kind.OTHER,
            Dialect.RESPONSES,
            "local_shell",
            RawJson.of("{\"type\":\"local_shell\"}"));
    Part patch =
        new Part.ToolCall(
            RawText.of("p"),
            RawText.of("apply_patch"),
            RawJson.text("*** Begin\n\"q\""),
            true,
            Optional.empty(),
            CacheMark.NONE);
    JsonNode body =
        sent(
            with(
                said(user(text("x")), assistant(patch), user(result("p", "ok"))),
                ToolChoice.UNSAID,
                custom,
                search,
                shell),
            SONNET_4_5);
    assertThat(body.at("/tools/0/description").asString())
        .isEqualTo(
            "Patches.\n\nThe input follows this format:"
                + " {\"type\":\"grammar\",\"definition\":\"x: \\\"y\\\"\"}");
    assertThat(body.at("/tools/1"))
        .isEqualTo(Samples.tree("{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}"));
    assertThat(body.path("tools").size()).isEqualTo(2);
    assertThat(body.at("/messages/1/content/0/input/input").asString())
        .isEqualTo("*** Begin\n\"q\"");
    assertThat(losses.words()).containsExactly("server_tool", "freeform_tool");
  }

  @Test
  void schemas_areMadeToFit() throws Exception {
    OutputFormat format =
        new OutputFormat.Schema(
            Optional.of(RawText.of("n")),
            Samples.json(
                """
                {"$schema":"x","type":"object","required":["a"],"properties":{
                  "a":{"type":"integer","minimum":3},
                  "minimum":{"oneOf":[{"type":"object","properties":{}},{"type":"null"}]},
                  "l":{"type":"array","minItems":1,"maxItems":4,"items":{"type":["object","null"]}}}}
                """),
            Optional.empty(),
            Optional.of(true));
    JsonNode body = sent(with(said(user(text("x"))), format, Map.of()), SONNET_4_5);
    assertThat(body.at("/output_config/format"))
        .isEqualTo(
            Samples.tree(
                """
                {"type":"json_schema","schema":{"type":"object","required":["a"],"properties":{
                  "a":{"type":"integer"},
                  "minimum":{"anyOf":[{"type":"object","properties":{},"additionalProperties":false},
                    {"type":"null"}]},
                  "l":{"type":"array","minItems":1,
                    "items":{"type":["object","null"],"additionalProperties":false}}},
                  "additionalProperties":false}}
                """));
    assertThat(losses.words()).containsExactly("schema");
  }

  @Test
  void anyJson_isAskedForInWords() throws Exception {
    JsonNode body =
        sent(with(said(user(text("x"))), new OutputFormat.AnyJson(), Map.of()), SONNET_4_5);
    assertThat(body.at("/system/0/text").asString()).contains("JSON object");
    assertThat(losses.words()).containsExactly("format_by_instruction");
  }

  @Test
  void knobs_areCarriedOver_clampedOrTold() throws Exception {
    Map<Knob, RawJson> knobs =
        Map.ofEntries(
            Map.entry(Knob.MAX_TOKENS, RawJson.number(100_000)),
            Map.entry(Knob.TEMPERATURE, RawJson.of("1.5")),
            Map.entry(Knob.TOP_P, RawJson.of("0.9")),
            Map.entry(Knob.STOP, RawJson.of("[\"\\n\",\"END\"]")),
            Map.entry(Knob.END_USER, RawJson.text("u1")),
            Map.entry(Knob.SEED, RawJson.number(1)),
            Map.entry(Knob.STORE, RawJson.FALSE),
            Map.entry(Knob.CACHE_KEY, RawJson.text("k")),
            Map.entry(Knob.SERVICE_TIER, RawJson.text("default")));
    JsonNode body = sent(with(said(user(text("x"))), OutputFormat.PLAIN, knobs), SONNET_4_5);
    assertThat(body.path("max_tokens").asInt()).isEqualTo(64_000);
    assertThat(body.path("temperature").asInt()).isEqualTo(1);
    assertThat(body.path("stop_sequences")).isEqualTo(Samples.tree("[\"END\"]"));
    assertThat(body.at("/metadata/user_id").asString()).isEqualTo("u1");
    assertThat(body.path("service_tier").asString()).isEqualTo("standard_only");
    assertThat(losses.words())
        .containsExactlyInAnyOrder(
            "clamped:max_tokens",
            "clamped:temperature",
            "dropped:top_p",
            "dropped:stop",
            "dropped:seed");
  }

  @Test
  void whatWouldBeWrongWithout_isRefused() {
    Prompt prompt = said(user(text("x")));
    refused(
        "several_answers",
        with(prompt, OutputFormat.PLAIN, Map.of(Knob.CANDIDATES, RawJson.number(2))));
    refused(
        "unsupported_modality",
        with(prompt, OutputFormat.PLAIN, Map.of(Knob.MODALITIES, RawJson.of("[\"audio\"]"))));
    refused(
        "cached_content",
        with(prompt, OutputFormat.PLAIN, Map.of(Knob.CACHED_CONTENT, RawJson.text("c"))));
    refused("unsupported_media", said(user(media(Part.Media.Kind.AUDIO, "audio/wav", "UklG"))));
    refused("unsupported_media", said(user(media(Part.Media.Kind.IMAGE, "image/tiff", "SUkq"))));
  }

  private static Part media(Part.Media.Kind kind, String type, String data) {
    return new Part.Media(
        kind,
        type,
        new Part.Inline(RawText.of(data)),
        Optional.empty(),
        Optional.empty(),
        CacheMark.NONE);
  }

  @Test
  void aLargeImage_keepsItsBytes() throws Exception {
    String data = "iVBORw0KGgo/+".repeat(20 << 20 >> 4);
    JsonNode body = sent(said(user(media(Part.Media.Kind.IMAGE, "image/jpg", data))), SONNET_4_5);
    assertThat(body.at("/messages/0/content/0/source/data").asString()).isEqualTo(data);
    assertThat(body.at("/messages/0/content/0/source/media_type").asString())
        .isEqualTo("image/jpeg");
  }

  @Test
  void longConversations_areMarkedForTheCache() throws Exception {
    Prompt conversation =
        new Prompt(
            List.of(text("word ".repeat(1000))),
            List.of(
                user(text("one")),
                assistant(text("two")),
                user(text("three")),
                assistant(text("four")),
                user(text("five"), text("six"))),
            List.of(function("a"), function("b")),
            ToolChoice.UNSAID,
            Reasoning.UNSAID,
            OutputFormat.PLAIN,
            Map.of(),
            Map.of());
    JsonNode body = sent(conversation, SONNET_4_5);
    for (String marked :
        new String[] {"/tools/1", "/system/0", "/messages/2/content/0", "/messages/4/content/1"}) {
      assertThat(body.at(marked).path("cache_control").path("type").asString(""))
          .as(marked)
          .isEqualTo("ephemeral");
    }
    assertThat(body.toString().split("cache_control", -1)).hasSize(5);
    assertThat(sent(said(user(text("word ".repeat(1000)))), SONNET_4_5).toString())
        .doesNotContain("cache_control");
    assertThat(
            sent(said(user(text("a")), assistant(text("b")), user(text("c"))), SONNET_4_5)
                .toString())
        .doesNotContain("cache_control");
  }

  @Test
  void whatNobodyKnows_isTold() throws Exception {
    Prompt prompt =
        new Prompt(
            List.of(),
            List.of(user(text("x"))),
            List.of(),
            ToolChoice.UNSAID,
            Reasoning.UNSAID,
            OutputFormat.PLAIN,
            Map.of(),
            Map.of("novelty", RawJson.TRUE));
    assertThat(sent(prompt, SONNET_4_5).has("novelty")).isFalse();
    assertThat(losses.words()).containsExactly("unknown:novelty");
  }
}
