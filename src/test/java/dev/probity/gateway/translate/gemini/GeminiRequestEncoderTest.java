package dev.probity.gateway.translate.gemini;

import static dev.probity.gateway.translate.gemini.Requests.decode;
import static dev.probity.gateway.translate.gemini.Requests.encode;
import static dev.probity.gateway.translate.gemini.Requests.model;
import static dev.probity.gateway.translate.gemini.Requests.saying;
import static dev.probity.gateway.translate.gemini.Requests.text;
import static dev.probity.gateway.translate.gemini.Requests.tree;
import static dev.probity.gateway.translate.gemini.Requests.user;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GeminiRequestEncoderTest {
  private static final String THIRD = "gemini-3-pro-preview";
  private static final String SECOND = "gemini-2.5-flash";

  private final Losses losses = new Losses();

  private static Part.ToolCall call(String id, String args, String signature) {
    return new Part.ToolCall(
        RawText.of(id),
        RawText.of("f_" + id),
        RawJson.of(args),
        false,
        signature.isEmpty() ? Optional.empty() : Optional.of(googles(signature)),
        CacheMark.NONE);
  }

  private static Proof googles(String signature) {
    return new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, RawText.of(signature), RawText.EMPTY);
  }

  private static Part.ToolResult result(String id, Part... content) {
    return new Part.ToolResult(
        RawText.of(id),
        Optional.empty(),
        List.of(content),
        Optional.empty(),
        false,
        false,
        CacheMark.NONE);
  }

  private static Part.Media image(Part.Source source, String type) {
    return new Part.Media(
        Part.Media.Kind.IMAGE, type, source, Optional.empty(), Optional.empty(), CacheMark.NONE);
  }

  @Test
  void saysTheSameAgainByteForByte() throws Exception {
    String body =
        "{\"systemInstruction\":{\"parts\":[{\"text\":\"b\\u00e9\\/\"}]},"
            + "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"\\ud83d\\ude00\"},"
            + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AA==\"}}]},"
            + "{\"role\":\"model\",\"parts\":[{\"text\":\"hm\",\"thought\":true,"
            + "\"thoughtSignature\":\"QUJD\\/+==\"},{\"text\":\"so\"},{\"functionCall\":{\"id\":\"c1\","
            + "\"name\":\"f\",\"args\":{\"a\": 1.0, \"b\":\"\\u0000\"}},\"thoughtSignature\":\"U0lH\"},"
            + "{\"functionCall\":{\"id\":\"c2\",\"name\":\"g\",\"args\":{}}}]},"
            + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"c1\",\"name\":\"f\","
            + "\"response\":{\"output\":\"x\\ny\"}}},{\"functionResponse\":{\"id\":\"c2\",\"name\":\"g\","
            + "\"response\":{\"n\": [1]}}}]},"
            + "{\"role\":\"model\",\"parts\":[{\"text\":\"done\"},"
            + "{\"text\":\"\",\"thoughtSignature\":\"RU5E\"}]},"
            + "{\"role\":\"user\",\"parts\":[{\"text\":\"more\"}]}],"
            + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"d\","
            + "\"parametersJsonSchema\":{\"type\": \"object\"}}]},{\"googleSearch\":{\"x\":1}}],"
            + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":"
            + "[\"f\"]},\"includeServerSideToolInvocations\":true},"
            + "\"generationConfig\":{\"maxOutputTokens\":9,\"temperature\":0.50,"
            + "\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{\"a\": 1},"
            + "\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"}},"
            + "\"safetySettings\":[ ],\"serviceTier\":\"flex\"}";

    assertThat(encode(decode(body), THIRD, losses)).isEqualTo(body);
    assertThat(losses.isEmpty()).isTrue();
  }

  @Test
  void joinsNeighboursAndPutsResultsFirstInTheOrderOfTheirCalls() throws Exception {
    JsonNode contents =
        tree(
                saying(
                    user(text("a")),
                    new Turn(Role.SYSTEM, List.of(text("b"))),
                    model(call("1", "{}", ""), call("2", "{}", "")),
                    user(result("2", text("two"))),
                    user(text("and"), result("1", text("one"), text("more")))),
                SECOND,
                losses)
            .path("contents");

    assertThat(contents.size()).isEqualTo(3);
    assertThat(contents.at("/0/parts").size()).isEqualTo(2);
    assertThat(contents.at("/2/parts/0/functionResponse/name").asString()).isEqualTo("f_1");
    assertThat(contents.at("/2/parts/0/functionResponse/response/output").asString())
        .isEqualTo("one\nmore");
    assertThat(contents.at("/2/parts/1/functionResponse/id").asString()).isEqualTo("2");
    assertThat(contents.at("/2/parts/2/text").asString()).isEqualTo("and");
    assertThat(losses.words()).containsExactly("system_in_conversation");
  }

  @Test
  void leavesOutIdsThatWereMadeHere() throws Exception {
    for (String id : List.of("call_1_0", "call_ex_01hzx3v9k7q2m_0", "toolu_ex_01hzx3v9k7q2m")) {
      String body =
          encode(
              saying(user(text("a")), model(call(id, "{}", "")), user(result(id))), SECOND, losses);

      assertThat(body).doesNotContain("\"id\"").contains("\"name\":\"f_" + id + "\"");
    }
    assertThat(encode(saying(model(call("toolu_1", "{}", ""))), SECOND, losses))
        .contains("\"id\":\"toolu_1\"");
  }

  @Test
  void stampsTheFirstUnsignedCallForModelsThatWantIt() throws Exception {
    Prompt prompt =
        saying(
            user(text("a")),
            model(call("1", "{}", ""), call("2", "{}", "")),
            user(result("1"), result("2")));

    JsonNode parts = tree(prompt, THIRD, losses).at("/contents/1/parts");
    assertThat(parts.at("/0/thoughtSignature").asString())
        .isEqualTo("skip_thought_signature_validator");
    assertThat(parts.at("/1").has("thoughtSignature")).isFalse();
    assertThat(losses.words()).containsExactly("reasoning_history");

    assertThat(encode(prompt, SECOND, losses)).doesNotContain("thoughtSignature");
  }

  @Test
  void givesLooseSignaturesBackToTheirParts() throws Exception {
    Part.Thought loose = new Part.Thought(RawText.EMPTY, Optional.of(googles("S/+=")));
    Part.Thought thought = new Part.Thought(RawText.of("hm"), Optional.of(googles("S/+=")));
    Part.ToolCall call = call("1", "{}", "");

    for (List<Part> parts :
        List.of(
            List.<Part>of(loose, call, call("2", "{}", "")),
            List.<Part>of(call, loose, call("2", "{}", "")),
            List.<Part>of(thought, call),
            List.<Part>of(text("x"), call, loose))) {
      Losses none = new Losses();
      JsonNode written =
          tree(saying(user(text("a")), new Turn(Role.ASSISTANT, parts)), THIRD, none)
              .at("/contents/1/parts");
      int at = written.at("/0").has("functionCall") ? 0 : 1;
      assertThat(written.at("/" + at + "/functionCall/name").asString()).isEqualTo("f_1");
      assertThat(written.at("/" + at + "/thoughtSignature").asString()).isEqualTo("S/+=");
      assertThat(written.findValues("thoughtSignature")).hasSize(1);
      assertThat(none.isEmpty()).isTrue();
    }
    assertThat(
            tree(saying(user(text("a")), model(text("b"), loose)), THIRD, losses)
                .at("/contents/1/parts/1"))
        .hasToString("{\"text\":\"\",\"thoughtSignature\":\"S/+=\"}");
  }

  @Test
  void leavesOutThoughtsThatGoogleCantRead() throws Exception {
    Proof other = new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("x"), RawText.EMPTY);
    JsonNode parts =
        tree(
                saying(
                    user(text("a")),
                    model(
                        new Part.Thought(RawText.of("secret"), Optional.of(other)),
                        new Part.Thought(RawText.of("unsigned"), Optional.empty()),
                        new Part.Foreign(Dialect.MESSAGES, "server_tool_use", RawJson.TRUE),
                        text("b"))),
                THIRD,
                losses)
            .at("/contents/1/parts");

    assertThat(parts).hasToString("[{\"text\":\"b\"}]");
    assertThat(losses.words()).containsExactly("reasoning_history", "server_tool_history");
  }

  @Test
  void writesMediaWhereTheyAre() throws Exception {
    JsonNode parts =
        tree(
                saying(
                    user(
                        image(new Part.Url(RawText.of("https://x.example/a.PNG?b=c.d#e")), ""),
                        image(new Part.Url(RawText.of("data:image/webp;base64,AAAA")), ""),
                        image(new Part.InlineText(RawText.of("plain")), "text/plain"),
                        image(
                            new Part.UploadedFile(Dialect.GEMINI, RawText.of("files/1")),
                            "image/png"))),
                SECOND,
                losses)
            .at("/contents/0/parts");

    assertThat(parts.at("/0/fileData"))
        .hasToString(
            "{\"mimeType\":\"image/png\",\"fileUri\":\"https://x.example/a.PNG?b=c.d#e\"}");
    assertThat(parts.at("/1/inlineData"))
        .hasToString("{\"mimeType\":\"image/webp\",\"data\":\"AAAA\"}");
    assertThat(parts.at("/2/text").asString()).isEqualTo("plain");
    assertThat(parts.at("/3/fileData/fileUri").asString()).isEqualTo("files/1");
    assertThat(losses.isEmpty()).isTrue();
  }

  @Test
  void carriesTwentyMegabytesUntouched() throws Exception {
    String base64 = "QUJD".repeat(5 << 20);
    String body =
        encode(
            saying(user(image(new Part.Inline(RawText.of(base64)), "image/png"))), SECOND, losses);

    assertThat(body.length()).isGreaterThan(base64.length());
    assertThat(body.contains("\"data\":\"" + base64 + "\"")).isTrue();
  }

  @Test
  void putsMediaOfResultsIntoThemOrBesideThem() throws Exception {
    Prompt prompt =
        saying(
            model(call("1", "{}", "S")),
            user(result("1", text("x"), image(new Part.Inline(RawText.of("AA==")), "image/png"))));

    assertThat(
            tree(prompt, THIRD, losses)
                .at("/contents/1/parts/0/functionResponse/parts/0/inlineData/data")
                .asString())
        .isEqualTo("AA==");
    assertThat(losses.isEmpty()).isTrue();
    assertThat(tree(prompt, SECOND, losses).at("/contents/1/parts/1/inlineData/data").asString())
        .isEqualTo("AA==");
    assertThat(losses.words()).containsExactly("media_in_tool_result");
  }

  @Test
  void offersToolsAsGoogleKnowsThem() throws Exception {
    Prompt prompt =
        new Prompt(
            List.of(),
            List.of(user(text("a"))),
            List.of(
                new Tool.Custom(
                    RawText.of("patch"), Optional.of(RawText.of("d")), Optional.empty()),
                new Tool.Server(
                    Tool.Server.Kind.WEB_SEARCH,
                    Dialect.MESSAGES,
                    "web_search",
                    RawJson.of("{\"type\":\"web_search\",\"name\":\"w\",\"max_uses\":3}")),
                new Tool.Server(
                    Tool.Server.Kind.COMPUTER, Dialect.MESSAGES, "computer", RawJson.EMPTY_OBJECT)),
            new ToolChoice(ToolChoice.Mode.AUTO, List.of(RawText.of("patch")), Optional.of(false)),
            Reasoning.UNSAID,
            OutputFormat.PLAIN,
            Map.of(),
            Map.of());

    JsonNode body = tree(prompt, THIRD, losses);
    assertThat(
            body.at("/tools/0/functionDeclarations/0/parametersJsonSchema/required/0").asString())
        .isEqualTo("input");
    assertThat(body.at("/tools/1")).hasToString("{\"googleSearch\":{}}");
    assertThat(body.path("toolConfig"))
        .hasToString(
            "{\"functionCallingConfig\":{\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"patch\"]},"
                + "\"includeServerSideToolInvocations\":true}");
    assertThat(losses.words())
        .containsExactlyInAnyOrder(
            "server_tool:computer", "freeform_tool", "dropped:web_search.max_uses", "tool_choice");

    Losses older = new Losses();
    assertThat(tree(prompt, SECOND, older).path("tools").size()).isEqualTo(1);
    assertThat(older.words()).contains("server_tool:web_search", "server_tool:computer");
  }

  @Test
  void writesFreeformCallsAsTheirOneInput() throws Exception {
    Part.ToolCall call =
        new Part.ToolCall(
            RawText.of("1"),
            RawText.of("patch"),
            RawJson.of("\"a\\nb\""),
            true,
            Optional.empty(),
            CacheMark.NONE);

    assertThat(encode(saying(model(call)), SECOND, losses))
        .contains("\"args\":{\"input\":\"a\\nb\"}");
  }

  @Test
  void thinksAsFarAsTheModelCan() throws Exception {
    assertThat(thinking(THIRD, Mode.ON, Effort.MEDIUM)).isEqualTo("{\"thinkingLevel\":\"HIGH\"}");
    assertThat(thinking("gemini-3.1-pro", Mode.ON, Effort.MEDIUM))
        .isEqualTo("{\"thinkingLevel\":\"MEDIUM\"}");
    assertThat(thinking("gemini-3.5-flash", Mode.ON, Effort.MAX))
        .isEqualTo("{\"thinkingLevel\":\"HIGH\"}");
    assertThat(thinking("gemini-3-flash", Mode.OFF, null))
        .isEqualTo("{\"thinkingLevel\":\"MINIMAL\"}");
    assertThat(thinking("gemini-flash-latest", Mode.ADAPTIVE, null)).isEqualTo("{}");
    assertThat(thinking(SECOND, Mode.OFF, null)).isEqualTo("{\"thinkingBudget\":0}");
    assertThat(thinking("gemini-2.5-pro", Mode.OFF, null)).isEqualTo("{\"thinkingBudget\":128}");
    assertThat(thinking(SECOND, Mode.ADAPTIVE, null)).isEqualTo("{\"thinkingBudget\":-1}");
    assertThat(thinking(SECOND, Mode.ON, Effort.LOW)).isEqualTo("{\"thinkingBudget\":1024}");
    assertThat(thinking("gemini-2.0-flash", Mode.ON, Effort.LOW)).isEmpty();
  }

  private String thinking(String model, Mode mode, @org.jspecify.annotations.Nullable Effort effort)
      throws Exception {
    Prompt prompt =
        reasoning(
            new Reasoning(
                mode, Optional.ofNullable(effort), OptionalLong.empty(), Optional.empty(), false));
    return tree(prompt, model, losses).at("/generationConfig/thinkingConfig").toString();
  }

  private static Prompt reasoning(Reasoning reasoning) {
    return new Prompt(
        List.of(),
        List.of(user(text("a"))),
        List.of(),
        ToolChoice.UNSAID,
        reasoning,
        OutputFormat.PLAIN,
        Map.of(),
        Map.of());
  }

  @Test
  void keepsBudgetsWithinTheModelsRange() throws Exception {
    Reasoning wish =
        new Reasoning(Mode.ON, Optional.empty(), OptionalLong.of(60_000), Optional.of(true), false);

    assertThat(tree(reasoning(wish), SECOND, losses).at("/generationConfig/thinkingConfig"))
        .hasToString("{\"includeThoughts\":true,\"thinkingBudget\":24576}");
    assertThat(losses.words()).containsExactly("clamped:thinkingBudget");
  }

  @Test
  void asksForAFormatInWordsWhereFunctionsForbidIt() throws Exception {
    Prompt prompt =
        new Prompt(
            List.of(),
            List.of(user(text("a"))),
            List.of(
                new Tool.Function(
                    RawText.of("f"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(true),
                    CacheMark.ONE_HOUR,
                    Map.of())),
            ToolChoice.UNSAID,
            Reasoning.UNSAID,
            new OutputFormat.Schema(
                Optional.empty(), RawJson.of("{\"a\":\"b\"}"), Optional.empty(), Optional.empty()),
            Map.of(),
            Map.of("mystery", RawJson.TRUE));

    JsonNode older = tree(prompt, SECOND, losses);
    assertThat(older.at("/systemInstruction/parts/0/text").asString()).contains("{\"a\":\"b\"}");
    assertThat(older.at("/generationConfig").has("responseMimeType")).isFalse();
    assertThat(older.at("/toolConfig/functionCallingConfig/mode").asString())
        .isEqualTo("VALIDATED");
    assertThat(losses.words())
        .containsExactlyInAnyOrder(
            "format_by_instruction", "cache_mark", "strict", "unknown:mystery");
    assertThat(tree(prompt, THIRD, losses).at("/generationConfig/responseJsonSchema/a").asString())
        .isEqualTo("b");
  }

  @Test
  void refusesWhatGoogleCouldNotUnderstand() {
    refused(saying(user(result("9"))), "tool_result_without_call");
    refused(saying(model(call("1", "\"{broken\"", ""))), "invalid_tool_arguments");
    refused(saying(user(text(""))), "empty_conversation");
    refused(saying(), "empty_conversation");
    refused(saying(user(image(new Part.Url(RawText.of("http://x/a.png")), ""))), "unreachable_url");
    refused(saying(user(image(new Part.Url(RawText.of("https://x/a")), ""))), "unknown_media_type");
    refused(
        saying(user(image(new Part.UploadedFile(Dialect.RESPONSES, RawText.of("f")), ""))),
        "foreign_file");
    refused(knob(Knob.CANDIDATES, "2"), "several_candidates");
    refused(knob(Knob.STOP, "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]"), "too_many_stop_sequences");
  }

  private static Prompt knob(Knob knob, String value) {
    return new Prompt(
        List.of(),
        List.of(user(text("a"))),
        List.of(),
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        Map.of(knob, RawJson.of(value)),
        Map.of());
  }

  private void refused(Prompt prompt, String code) {
    assertThatThrownBy(() -> encode(prompt, THIRD, losses))
        .isInstanceOfSatisfying(
            Untranslatable.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  @Test
  void tellsOfKnobsThatGoogleLacks() throws Exception {
    assertThat(encode(knob(Knob.LOGIT_BIAS, "{}"), THIRD, losses)).doesNotContain("bias");
    encode(knob(Knob.END_USER, "\"u\""), THIRD, losses);
    encode(knob(Knob.LOGPROBS, "false"), THIRD, losses);

    assertThat(losses.words()).containsExactly("dropped:logit_bias", "dropped:end_user");
  }
}
