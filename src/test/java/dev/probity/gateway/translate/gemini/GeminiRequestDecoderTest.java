package dev.probity.gateway.translate.gemini;

import static dev.probity.gateway.translate.gemini.Requests.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GeminiRequestDecoderTest {
  private static final String ASK = "{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}";

  private static String contents(String... contents) {
    return "{\"contents\":[" + String.join(",", contents) + "]}";
  }

  private static String with(String members) {
    return "{\"contents\":[" + ASK + "]," + members + "}";
  }

  private static List<Part> parts(String... parts) throws Exception {
    String all = String.join(",", parts);
    return decode(contents("{\"role\":\"user\",\"parts\":[" + all + "]}"))
        .turns()
        .getFirst()
        .parts();
  }

  private static List<Part> modelParts(String... parts) throws Exception {
    String all = String.join(",", parts);
    return decode(contents(ASK, "{\"role\":\"model\",\"parts\":[" + all + "]}"))
        .turns()
        .get(1)
        .parts();
  }

  @Test
  void keepsTextsAsTheyWereWritten() throws Exception {
    Prompt prompt =
        decode(
            "{\"system_instruction\":{\"parts\":{\"text\":\"b\\u00e9 \\/ brief\"}},"
                + "\"contents\":[{\"parts\":[{\"text\":\"a\\ud83d\\ude00\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"x\\ty\"}]}]}");

    assertThat(prompt.instructions().getFirst())
        .isInstanceOfSatisfying(
            Part.Text.class,
            text -> assertThat(text.text().toString()).isEqualTo("b\\u00e9 \\/ brief"));
    assertThat(prompt.turns())
        .extracting(Prompt.Turn::role)
        .containsExactly(Role.USER, Role.ASSISTANT);
    assertThat(prompt.turns().getFirst().parts().getFirst())
        .isInstanceOfSatisfying(
            Part.Text.class,
            text -> assertThat(text.text().toString()).isEqualTo("a\\ud83d\\ude00"));
  }

  @Test
  void readsMediaInBothSpellings() throws Exception {
    assertThat(
            parts(
                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}",
                "{\"inline_data\":{\"mime_type\":\"audio/wav\",\"data\":\"BB==\"}}",
                "{\"fileData\":{\"fileUri\":\"https://x.example/a.pdf\",\"mimeType\":\"application/pdf\"}}",
                "{\"file_data\":{\"file_uri\":"
                    + "\"https://generativelanguage.googleapis.com/v1beta/files/abc\"}}"))
        .extracting(part -> ((Part.Media) part).source())
        .containsExactly(
            new Part.Inline(RawText.of("AAAA")),
            new Part.Inline(RawText.of("BB==")),
            new Part.Url(RawText.of("https://x.example/a.pdf")),
            new Part.UploadedFile(
                Dialect.GEMINI,
                RawText.of("https://generativelanguage.googleapis.com/v1beta/files/abc")));
  }

  @Test
  void givesCallsWithoutIdsTheSameIdsEveryTimeAndMatchesResultsByNameAndOrder() throws Exception {
    Prompt prompt =
        decode(
            contents(
                ASK,
                "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":1}}},"
                    + "{\"functionCall\":{\"name\":\"g\"}},{\"functionCall\":{\"name\":\"f\"}}]}",
                "{\"role\":\"function\",\"parts\":["
                    + "{\"functionResponse\":{\"name\":\"g\",\"response\":{\"output\":\"G\"}}},"
                    + "{\"functionResponse\":{\"id\":\"f-17\",\"name\":\"f\",\"response\":{\"output\":\"1\"}}},"
                    + "{\"function_response\":{\"name\":\"f\",\"response\":{\"output\":\"2\"}}}]}"));

    assertThat(prompt.turns().get(1).parts())
        .extracting(part -> ((Part.ToolCall) part).id().plain())
        .containsExactly("call_1_0", "call_1_1", "call_1_2");
    assertThat(prompt.turns().get(2).parts())
        .extracting(part -> ((Part.ToolResult) part).id().plain())
        .containsExactly("call_1_1", "call_1_0", "call_1_2");
    assertThat(((Part.ToolCall) prompt.turns().get(1).parts().get(1)).input())
        .isEqualTo(RawJson.EMPTY_OBJECT);
  }

  @Test
  void takesTheNameOffIdsThatTheCommandLineClientPutThere() throws Exception {
    Prompt prompt =
        decode(
            contents(
                ASK,
                "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"id\":\"run__toolu_1\",\"name\":\"run\"}}]}",
                "{\"parts\":[{\"functionResponse\":{\"id\":\"run__toolu_1\",\"name\":\"run\",\"response\":{}}}]}"));

    assertThat(((Part.ToolCall) prompt.turns().get(1).parts().getFirst()).id().plain())
        .isEqualTo("toolu_1");
    assertThat(((Part.ToolResult) prompt.turns().get(2).parts().getFirst()).id().plain())
        .isEqualTo("toolu_1");
  }

  @Test
  void tellsTextsErrorsObjectsAndMediaInResultsApart() throws Exception {
    String call = "{\"functionCall\":{\"name\":\"f\"}}";
    List<Part> results =
        decode(
                contents(
                    "{\"role\":\"model\",\"parts\":["
                        + call
                        + ","
                        + call
                        + ","
                        + call
                        + ","
                        + call
                        + "]}",
                    "{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"a\\nb\"}}},"
                        + "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"error\":\"no\"}}},"
                        + "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"temperature\": 5}}},"
                        + "{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"see\"},\"parts\":"
                        + "[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AA==\"}}]}}]}"))
            .turns()
            .get(1)
            .parts();

    Part.ToolResult text = (Part.ToolResult) results.get(0);
    assertThat(text.content()).containsExactly(Part.Text.of(RawText.of("a\nb")));
    assertThat(text.isError()).isFalse();
    Part.ToolResult error = (Part.ToolResult) results.get(1);
    assertThat(error.content()).containsExactly(Part.Text.of(RawText.of("no")));
    assertThat(error.isError()).isTrue();
    Part.ToolResult object = (Part.ToolResult) results.get(2);
    assertThat(object.content()).isEmpty();
    assertThat(object.structured()).contains(RawJson.of("{\"temperature\": 5}"));
    Part.ToolResult media = (Part.ToolResult) results.get(3);
    assertThat(media.structured()).isEmpty();
    assertThat(media.content()).hasSize(2);
  }

  @Test
  void keepsSignaturesOfGooglesAndForgetsItsPlaceholders() throws Exception {
    List<Part> parts =
        decode(
                contents(
                    ASK,
                    "{\"role\":\"model\",\"parts\":[{\"text\":\"hm\",\"thought\":true},"
                        + "{\"text\":\"m\",\"thought\":true,\"thought_signature\":\"QUJD\\/+==\"},"
                        + "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"U0lH\"},"
                        + "{\"functionCall\":{\"name\":\"g\"},"
                        + "\"thoughtSignature\":\"skip_thought_signature_validator\"},"
                        + "{\"text\":\"\",\"thoughtSignature\":\"RU5E\"}]}"))
            .turns()
            .get(1)
            .parts();

    Part.Thought thought = (Part.Thought) parts.getFirst();
    assertThat(thought.text().plain()).isEqualTo("hmm");
    assertThat(thought.proof().orElseThrow().value().toString()).isEqualTo("QUJD\\/+==");
    assertThat(((Part.ToolCall) parts.get(1)).proof().orElseThrow().value().toString())
        .isEqualTo("U0lH");
    assertThat(((Part.ToolCall) parts.get(2)).proof()).isEmpty();
    assertThat(((Part.Thought) parts.get(3)).proof().orElseThrow().value().toString())
        .isEqualTo("RU5E");
  }

  @Test
  void unpacksAnotherVendorsThoughtsWhereverAClientKeptThem() throws Exception {
    Proof proof =
        new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("Er+/=="), RawText.EMPTY);
    String call =
        "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\""
            + Signatures.carried(RawText.of("first \"this\""), proof)
            + "\"}";

    List<Part> dropped = modelParts(call);
    assertThat(dropped.getFirst())
        .isEqualTo(new Part.Thought(RawText.of("first \"this\""), Optional.of(proof)));
    assertThat(dropped.get(1)).isInstanceOf(Part.ToolCall.class);

    List<Part> kept =
        modelParts(
            "{\"text\":\"first \\\"this\\\"\",\"thought\":true,\"thoughtSignature\":\""
                + ProofEnvelope.wrap(proof)
                + "\"}",
            call);
    assertThat(
            modelParts(
                "{\"text\":\"first \",\"thought\":true}",
                "{\"text\":\"\\\"this\\\"\",\"thought\":true}",
                call))
        .isEqualTo(kept);
    assertThat(kept).hasSize(2);
    assertThat(kept.getFirst()).isEqualTo(dropped.getFirst());
  }

  @Test
  void joinsWhatWasKeptAChunkAContent() throws Exception {
    List<Prompt.Turn> turns =
        decode(
                contents(
                    ASK,
                    "{\"role\":\"model\",\"parts\":[{\"text\":\"a\"}]}",
                    "{\"role\":\"model\",\"parts\":[{\"text\":\"\\u0062\"},{\"text\":\"c\"}]}"))
            .turns();

    assertThat(turns).hasSize(2);
    assertThat(turns.get(1).parts())
        .extracting(part -> ((Part.Text) part).text().toString())
        .containsExactly("a\\u0062", "c");
  }

  @Test
  void readsToolsOfBothKinds() throws Exception {
    Losses losses = new Losses();
    Prompt prompt =
        decode(
            with(
                "\"tools\":[{\"function_declarations\":["
                    + "{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"OBJECT\","
                    + "\"properties\":{\"type\":{\"type\":\"STRING\",\"nullable\":true,"
                    + "\"enum\":[\"a\"],\"format\":\"enum\"},\"max_items\":{\"type\":\"ARRAY\",\"items\":"
                    + "{\"type\":\"INTEGER\"},\"max_items\":\"3\"}},\"required\":[\"type\"]}},"
                    + "{\"name\":\"g\",\"parametersJsonSchema\":{\"$ref\":\"#/x\"},\"behavior\":\"BLOCKING\"}]},"
                    + "{\"googleSearch\":{}, \"urlContext\":{}},{\"codeExecution\":{}},"
                    + "{\"googleSearchRetrieval\":{}},{\"googleMaps\":{}},{\"computerUse\":{}},"
                    + "{\"fileSearch\":{}}],"
                    + "\"tool_config\":{\"function_calling_config\":{\"mode\":\"ANY\","
                    + "\"allowed_function_names\":[\"f\"]},\"retrievalConfig\":{\"languageCode\":\"de\"}}"),
            losses);

    Tool.Function f = (Tool.Function) prompt.tools().getFirst();
    assertThat(f.schema().orElseThrow().toString())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":[\"string\",\"null\"],"
                + "\"enum\":[\"a\",null]},\"max_items\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"integer\"},\"maxItems\":3}},\"required\":[\"type\"]}");
    Tool.Function g = (Tool.Function) prompt.tools().get(1);
    assertThat(g.schema()).contains(RawJson.of("{\"$ref\":\"#/x\"}"));
    assertThat(g.rest()).containsKey("behavior");
    assertThat(prompt.tools().subList(2, 9))
        .extracting(tool -> ((Tool.Server) tool).kind())
        .containsExactly(
            Tool.Server.Kind.WEB_SEARCH,
            Tool.Server.Kind.WEB_FETCH,
            Tool.Server.Kind.CODE_EXECUTION,
            Tool.Server.Kind.WEB_SEARCH,
            Tool.Server.Kind.OTHER,
            Tool.Server.Kind.COMPUTER,
            Tool.Server.Kind.FILE_SEARCH);
    assertThat(prompt.toolChoice())
        .isEqualTo(
            new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(RawText.of("f")), Optional.empty()));
    assertThat(prompt.rest()).containsOnlyKeys("toolConfig.retrievalConfig");
    assertThat(losses.isEmpty()).isTrue();
  }

  @Test
  void readsHowToGenerate() throws Exception {
    Losses losses = new Losses();
    Prompt prompt =
        decode(
            with(
                "\"generationConfig\":{\"maxOutputTokens\":100,\"temperature\":0.50,\"topP\":1,\"topK\":40,"
                    + "\"candidateCount\":1,\"stopSequences\":[\"x\"],\"seed\":7,\"presence_penalty\":0.1,"
                    + "\"frequencyPenalty\":0.2,\"responseLogprobs\":true,\"logprobs\":3,"
                    + "\"responseModalities\":[\"TEXT\",\"AUDIO\"],\"speechConfig\":{},"
                    + "\"responseMimeType\":\"application/json\",\"_responseJsonSchema\":{\"type\":\"object\"},"
                    + "\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"},"
                    + "\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\"},"
                    + "\"safetySettings\":[],\"cachedContent\":\"cachedContents/x\",\"labels\":{\"a\":\"b\"},"
                    + "\"serviceTier\":\"standard\",\"store\":false,\"novelty\":1,\"model\":\"models/m\""),
            losses);

    assertThat(prompt.knobs().get(Knob.TEMPERATURE)).hasToString("0.50");
    assertThat(prompt.knobs().get(Knob.MODALITIES)).hasToString("[\"text\",\"audio\"]");
    assertThat(prompt.knobs().get(Knob.SERVICE_TIER)).hasToString("\"default\"");
    assertThat(prompt.knobs())
        .containsOnlyKeys(
            Knob.MAX_TOKENS,
            Knob.TEMPERATURE,
            Knob.TOP_P,
            Knob.TOP_K,
            Knob.STOP,
            Knob.SEED,
            Knob.PRESENCE_PENALTY,
            Knob.FREQUENCY_PENALTY,
            Knob.LOGPROBS,
            Knob.TOP_LOGPROBS,
            Knob.MODALITIES,
            Knob.SAFETY_SETTINGS,
            Knob.CACHED_CONTENT,
            Knob.METADATA,
            Knob.SERVICE_TIER,
            Knob.STORE);
    assertThat(prompt.rest()).containsOnlyKeys("generationConfig.speechConfig", "novelty");
    assertThat(prompt.format())
        .isInstanceOfSatisfying(
            OutputFormat.Schema.class,
            schema -> assertThat(schema.schema()).hasToString("{\"type\":\"object\"}"));
    assertThat(prompt.reasoning().mode()).isEqualTo(Mode.ON);
    assertThat(prompt.reasoning().effort()).contains(Effort.HIGH);
    assertThat(prompt.reasoning().show()).contains(true);
    assertThat(losses.words()).containsExactly("media_detail");
  }

  @Test
  void readsBudgetsOfThought() throws Exception {
    assertThat(thinking("0").mode()).isEqualTo(Mode.OFF);
    assertThat(thinking("-1").mode()).isEqualTo(Mode.ADAPTIVE);
    assertThat(thinking("8192").budget()).hasValue(8192);
    assertThat(decode(contents(ASK)).reasoning().mode()).isEqualTo(Mode.DEFAULT);
  }

  private static Reasoning thinking(String budget) throws Exception {
    return decode(
            with(
                "\"generation_config\":{\"thinking_config\":{\"thinking_budget\":" + budget + "}}"))
        .reasoning();
  }

  @Test
  void keepsWhatOnlyGoogleKnows() throws Exception {
    String code = "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}";

    assertThat(parts(code))
        .containsExactly(new Part.Foreign(Dialect.GEMINI, "executableCode", RawJson.of(code)));
  }

  @Test
  void refusesWhatIsNoRequest() {
    refused("{}", "missing_contents");
    refused("{\"contents\":[]}", "missing_contents");
    refused(contents("{\"role\":\"judge\",\"parts\":[]}"), "invalid_role");
    refused(contents("{\"parts\":[{}]}"), "empty_part");
    refused(contents("{\"parts\":[{\"hologram\":{}}]}"), "unknown_part");
    refused(
        contents("{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{}}}]}"),
        "tool_result_without_call");
    refused(
        contents(
            "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":\"x\"}}]}"),
        "invalid_tool_arguments");
    refused(with("\"generationConfig\":{\"responseMimeType\":\"text/x.enum\"}"), "unknown_format");
    assertThatThrownBy(() -> decode("{\"contents\":[1]}")).isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() -> decode(contents("{\"parts\":[{\"text\":5}]}")))
        .isInstanceOf(MalformedJson.class);
  }

  private static void refused(String body, String code) {
    assertThatThrownBy(() -> decode(body))
        .isInstanceOfSatisfying(
            Untranslatable.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }
}
