package dev.probity.gateway.translate.messages;

import static dev.probity.gateway.translate.messages.Prompts.assistant;
import static dev.probity.gateway.translate.messages.Prompts.call;
import static dev.probity.gateway.translate.messages.Prompts.effort;
import static dev.probity.gateway.translate.messages.Prompts.function;
import static dev.probity.gateway.translate.messages.Prompts.off;
import static dev.probity.gateway.translate.messages.Prompts.result;
import static dev.probity.gateway.translate.messages.Prompts.said;
import static dev.probity.gateway.translate.messages.Prompts.text;
import static dev.probity.gateway.translate.messages.Prompts.thought;
import static dev.probity.gateway.translate.messages.Prompts.user;
import static dev.probity.gateway.translate.messages.Prompts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.upstream.simulated.script.Sight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class MessagesThinkingAndToolsTest {
  private static final String SONNET_4_5 = "claude-sonnet-4-5-20250929";

  private static final String OPUS_5_5 = "claude-opus-5-5";

  private final Losses losses = new Losses();

  private JsonNode sent(Prompt prompt, String model) throws Exception {
    return Samples.sent(prompt, model, losses);
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
}
