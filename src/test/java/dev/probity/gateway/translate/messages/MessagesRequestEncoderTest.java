package dev.probity.gateway.translate.messages;

import static dev.probity.gateway.translate.messages.Prompts.assistant;
import static dev.probity.gateway.translate.messages.Prompts.call;
import static dev.probity.gateway.translate.messages.Prompts.function;
import static dev.probity.gateway.translate.messages.Prompts.media;
import static dev.probity.gateway.translate.messages.Prompts.result;
import static dev.probity.gateway.translate.messages.Prompts.said;
import static dev.probity.gateway.translate.messages.Prompts.text;
import static dev.probity.gateway.translate.messages.Prompts.user;
import static dev.probity.gateway.translate.messages.Prompts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class MessagesRequestEncoderTest {
  private static final String SONNET_4_5 = "claude-sonnet-4-5-20250929";

  private static final String OPUS_5_5 = "claude-opus-5-5";

  private final Losses losses = new Losses();

  private JsonNode sent(Prompt prompt, String model) throws Exception {
    return Samples.sent(prompt, model, losses);
  }

  private void refused(String code, Prompt prompt) {
    assertThatThrownBy(() -> Samples.unruly(prompt, SONNET_4_5, losses))
        .isInstanceOfSatisfying(
            Untranslatable.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
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
            "dropped:cache_key",
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
