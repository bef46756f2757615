package dev.probity.gateway.translate.responses;

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
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRequestDecoderTest {
  /** What Codex sends after a command has run. */
  static final String CODEX =
      """
      {"model":"m","stream":true,"input":[
       {"type":"message","id":"msg_1","role":"developer","content":[
         {"type":"input_text","text":"You are \\u00fc a coding agent"}]},
       {"type":"message","id":"msg_2","role":"developer","content":[
         {"type":"input_text","text":"<permissions>"},{"type":"input_text","text":"<skills>"}]},
       {"type":"message","id":"msg_3","role":"user","content":[
         {"type":"input_text","text":"say \\"hi\\""}]},
       {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
        "content":null,"encrypted_content":"gAAA=="},
       {"type":"function_call","status":"completed","id":"fc_1","name":"exec_command",
        "arguments":"{\\"cmd\\":\\"echo \\\\\\"hi\\\\\\"\\"}","call_id":"call_1"},
       {"type":"custom_tool_call","id":"ctc_1","name":"apply_patch","input":"*** Begin\\n",
        "call_id":"call_2","status":"completed"},
       {"type":"function_call","id":"fc_3","namespace":"mcp__files__","name":"read",
        "arguments":"{}","call_id":"call_3"},
       {"type":"function_call_output","id":"fco_1","call_id":"call_1","output":"hi\\n"},
       {"type":"custom_tool_call_output","call_id":"call_2","output":"ok"},
       {"type":"function_call_output","call_id":"call_3","output":[
         {"type":"input_text","text":"a file"},
         {"type":"input_image","image_url":"data:image/png;base64,iVBO\\/w=="}]}],
       "tools":[
        {"type":"function","name":"exec_command","description":"Runs","strict":false,
         "parameters":{"type":"object","properties":{"cmd":{"type":"string"}}}},
        {"type":"custom","name":"apply_patch","description":"Patches","format":
         {"type":"grammar","syntax":"lark","definition":"start: x"}},
        {"type":"namespace","name":"mcp__files__","description":"Files","tools":[
         {"type":"function","name":"read","parameters":{"type":"object"},"strict":false}]},
        {"type":"web_search","external_web_access":true}],
       "tool_choice":"auto","parallel_tool_calls":true,"reasoning":{"summary":"auto"},
       "store":false,"include":["reasoning.encrypted_content"],"prompt_cache_key":"key-1",
       "client_metadata":{"session_id":"s"}}
      """;

  private static RawText text(Part part) {
    return ((Part.Text) part).text();
  }

  @Test
  void codex_isReadToTheByte() throws Exception {
    Losses losses = new Losses();
    Prompt prompt = Responses.decode(CODEX, losses);
    assertThat(prompt.instructions().stream().map(part -> text(part).toString()))
        .containsExactly("You are \\u00fc a coding agent", "<permissions>", "<skills>");
    assertThat(prompt.turns().stream().map(Prompt.Turn::role))
        .containsExactly(Role.USER, Role.ASSISTANT, Role.USER);
    List<Part> said = prompt.turns().get(1).parts();
    assertThat(said.get(0))
        .isEqualTo(
            new Part.Thought(
                RawText.of("hm"),
                Optional.of(
                    new Proof(
                        Dialect.RESPONSES,
                        Proof.Kind.SIGNATURE,
                        RawText.of("gAAA=="),
                        RawText.of("rs_1")))));
    Part.ToolCall call = (Part.ToolCall) said.get(1);
    assertThat(call.input().toString()).isEqualTo("{\"cmd\":\"echo \\\"hi\\\"\"}");
    Part.ToolCall patch = (Part.ToolCall) said.get(2);
    assertThat(patch.freeform()).isTrue();
    assertThat(patch.input().toString()).isEqualTo("\"*** Begin\\n\"");
    assertThat(((Part.ToolCall) said.get(3)).name().plain()).isEqualTo("mcp__files__read");
    List<Part> results = prompt.turns().get(2).parts();
    assertThat(results).hasSize(3).allMatch(Part.ToolResult.class::isInstance);
    Part.ToolResult image = (Part.ToolResult) results.get(2);
    assertThat(image.content().get(1))
        .isEqualTo(
            new Part.Media(
                Part.Media.Kind.IMAGE,
                "image/png",
                new Part.Inline(rawText("iVBO\\/w==")),
                Optional.empty(),
                Optional.empty(),
                CacheMark.NONE));
    assertThat(prompt.tools())
        .extracting(tool -> tool.getClass().getSimpleName())
        .containsExactly("Function", "Custom", "Function", "Server");
    assertThat(((Tool.Function) prompt.tools().get(2)).name().plain())
        .isEqualTo("mcp__files__read");
    assertThat(prompt.reasoning())
        .isEqualTo(
            new Reasoning(
                Reasoning.Mode.DEFAULT,
                Optional.empty(),
                java.util.OptionalLong.empty(),
                Optional.of(true),
                true));
    assertThat(prompt.knobs().get(Knob.CACHE_KEY)).isEqualTo(RawJson.of("\"key-1\""));
    assertThat(prompt.rest()).containsOnlyKeys("client_metadata");
    assertThat(losses.isEmpty()).isTrue();
  }

  private static RawText rawText(String asWritten) {
    return RawJson.of("\"" + asWritten + "\"").text().orElseThrow();
  }

  @Test
  void plainInput_isTheUsers() throws Exception {
    Prompt prompt = Responses.decode("{\"input\":\"a\\tb\",\"instructions\":\"be brief\"}");
    assertThat(prompt.turns())
        .containsExactly(new Prompt.Turn(Role.USER, List.of(Part.Text.of(rawText("a\\tb")))));
    assertThat(text(prompt.instructions().getFirst()).plain()).isEqualTo("be brief");
  }

  @Test
  void easyMessages_andEveryKindOfPart() throws Exception {
    Losses losses = new Losses();
    Prompt prompt =
        Responses.decode(
            """
            {"input":[{"role":"system","content":"s"},
             {"role":"user","content":[
              {"type":"input_image","file_id":"file-1","detail":"high"},
              {"type":"input_image","image_url":"https://x/y.png"},
              {"type":"input_file","filename":"a.pdf","file_data":"JVBE"},
              {"type":"input_file","file_url":"https://x/y.pdf"},
              {"type":"input_text","text":"t","prompt_cache_breakpoint":{"mode":"explicit"}}]},
             {"role":"assistant","content":[
              {"type":"output_text","text":"o","annotations":[{"type":"file_path"}]},
              {"type":"refusal","refusal":"no"}]},
             {"role":"developer","content":"d"},
             {"type":"web_search_call","id":"ws_1","status":"completed"},
             {"type":"computer_call_output","call_id":"c","output":{}}]}
            """,
            losses);
    List<Part> user = prompt.turns().getFirst().parts();
    assertThat(((Part.Media) user.get(0)).source())
        .isEqualTo(new Part.UploadedFile(Dialect.RESPONSES, RawText.of("file-1")));
    assertThat(((Part.Media) user.get(0)).detail()).contains(RawText.of("high"));
    assertThat(((Part.Media) user.get(2)).mediaType()).isEqualTo("application/pdf");
    assertThat(((Part.Media) user.get(3)).source())
        .isEqualTo(new Part.Url(RawText.of("https://x/y.pdf")));
    assertThat(((Part.Text) user.get(4)).cache()).isEqualTo(CacheMark.FIVE_MINUTES);
    assertThat(prompt.turns().stream().map(Prompt.Turn::role))
        .containsExactly(Role.USER, Role.ASSISTANT, Role.SYSTEM, Role.ASSISTANT, Role.USER);
    assertThat(prompt.turns().get(1).parts().get(1)).isEqualTo(new Part.Declined(RawText.of("no")));
    assertThat(prompt.turns().get(3).parts().getFirst())
        .isEqualTo(
            new Part.Foreign(
                Dialect.RESPONSES,
                "web_search_call",
                RawJson.of(
                    "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}")));
    assertThat(losses.words()).containsExactly("citations");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`\"none\"` | NONE | ``",
        "`\"required\"` | REQUIRED | ``",
        "`{\"type\":\"function\",\"name\":\"f\"}` | REQUIRED | f",
        "`{\"type\":\"custom\",\"name\":\"c\"}` | REQUIRED | c",
        "`{\"type\":\"function\",\"namespace\":\"n\",\"name\":\"f\"}` | REQUIRED | n__f",
        "`{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"custom\",\"name\":\"c\"}]}` | AUTO | f,c",
        "`{\"type\":\"web_search_preview\"}` | AUTO | ``"
      })
  void toolChoice_inAllItsShapes(String json, ToolChoice.Mode mode, String names) throws Exception {
    Prompt prompt =
        Responses.decode(
            "{\"input\":\"x\",\"parallel_tool_calls\":false,\"tool_choice\":" + json + "}");
    assertThat(prompt.toolChoice().mode()).isEqualTo(mode);
    assertThat(prompt.toolChoice().names().stream().map(RawText::plain))
        .isEqualTo(names.isEmpty() ? List.of() : Stream.of(names.split(",")).toList());
    assertThat(prompt.toolChoice().parallel()).contains(false);
  }

  @Test
  void options_areCarriedOver() throws Exception {
    Losses losses = new Losses();
    Prompt prompt =
        Responses.decode(
            """
            {"input":"x","max_output_tokens":50,"temperature":0.50,"top_p":1,"top_logprobs":2,
             "metadata":{"a":"b"},"user":"u","safety_identifier":"s","service_tier":"flex",
             "store":true,"truncation":"auto","background":false,"max_tool_calls":3,
             "include":["message.output_text.logprobs","file_search_call.results"],
             "reasoning":{"effort":"xhigh","summary":null},"new_member":[1],"tools":null,
             "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","strict":true,
              "schema":{"type":"object"}}}}
            """,
            losses);
    assertThat(prompt.knobs().get(Knob.TEMPERATURE)).isEqualTo(RawJson.of("0.50"));
    assertThat(prompt.knobs().get(Knob.END_USER)).isEqualTo(RawJson.of("\"s\""));
    assertThat(prompt.knobs())
        .containsKeys(
            Knob.MAX_TOKENS,
            Knob.TOP_P,
            Knob.TOP_LOGPROBS,
            Knob.LOGPROBS,
            Knob.METADATA,
            Knob.SERVICE_TIER,
            Knob.STORE,
            Knob.VERBOSITY);
    assertThat(prompt.reasoning().effort()).contains(Effort.XHIGH);
    assertThat(prompt.reasoning().proofs()).isFalse();
    assertThat(prompt.format())
        .isEqualTo(
            new OutputFormat.Schema(
                Optional.of(RawText.of("n")),
                RawJson.of("{\"type\":\"object\"}"),
                Optional.empty(),
                Optional.of(true)));
    assertThat(prompt.rest()).containsOnlyKeys("new_member");
    assertThat(losses.words())
        .containsExactly(
            "dropped:truncation",
            "dropped:max_tool_calls",
            "dropped:include.file_search_call.results");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"background\":true",
        "\"previous_response_id\":\"resp_1\"",
        "\"conversation\":\"conv_1\"",
        "\"prompt\":{\"id\":\"p\"}",
        "\"text\":{\"format\":{\"type\":\"xml\"}}",
        "\"reasoning\":{\"effort\":\"enormous\"}",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
        "\"tools\":[{\"name\":\"f\"}]",
        "\"tool_choice\":\"sometimes\""
      })
  void whatNeedsOpenAi_isRefusedWithAdvice(String member) {
    assertRefused("{\"input\":\"x\"," + member + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"item_reference\",\"id\":\"msg_1\"}",
        "{\"id\":\"msg_1\"}",
        "{\"type\":\"dream\"}",
        "{\"role\":\"critic\",\"content\":\"x\"}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_smell\"}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:x\"}]}",
        "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}",
        "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\"}",
        "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"x\"}",
        "{\"type\":\"compaction\",\"encrypted_content\":\"gAAAA\"}",
        "{\"type\":\"compaction_trigger\"}"
      })
  void itemsThatCannotBe_areRefused(String item) {
    assertRefused("{\"input\":[" + item + "]}");
  }

  private static void assertRefused(String body) {
    assertThatThrownBy(() -> Responses.decode(body))
        .isInstanceOfSatisfying(
            Untranslatable.class,
            refused -> {
              assertThat(refused.refusal().status()).isEqualTo(400);
              assertThat(refused.refusal().message()).hasSizeGreaterThan(20);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"input\":5}",
        "{\"input\":[5]}",
        "{\"input\":[{\"role\":\"user\",\"content\":{}}]}",
        "{\"input\":\"x\",\"tools\":{}}",
        "{\"input\":\"x\",\"instructions\":[]}",
        "{\"input\":\"x\",\"include\":[1]}"
      })
  void membersOfTheWrongKind_areSaid(String body) {
    assertThatThrownBy(() -> Responses.decode(body)).isInstanceOf(MalformedJson.class);
  }

  @Test
  void argumentsThatAreNoJson_areKeptAsText() throws Exception {
    Prompt prompt =
        Responses.decode(
            """
            {"input":[
             {"type":"function_call","call_id":"a","name":"f","arguments":"{\\"x\\":"},
             {"type":"function_call","call_id":"b","name":"f","arguments":""},
             {"type":"function_call_output","call_id":"a","output":""},
             {"type":"function_call_output","call_id":"b","output":[]}]}
            """);
    List<Part> calls = prompt.turns().getFirst().parts();
    assertThat(((Part.ToolCall) calls.get(0)).input().toString()).isEqualTo("\"{\\\"x\\\":\"");
    assertThat(((Part.ToolCall) calls.get(1)).input()).isEqualTo(RawJson.EMPTY_OBJECT);
  }

  @Test
  void resultWithoutACall_isSaidAsTheUsers() throws Exception {
    Losses losses = new Losses();
    Prompt prompt =
        Responses.decode(
            "{\"input\":[{\"type\":\"function_call_output\",\"name\":\"timer\",\"output\":\"ding\"}]}",
            losses);
    assertThat(prompt.turns())
        .containsExactly(new Prompt.Turn(Role.USER, List.of(Part.Text.of(RawText.of("ding")))));
    assertThat(losses.words()).containsExactly("tool_result_without_call");
  }

  @Test
  void anothersProof_findsTheCallThatItProves_beforeOrAfter() throws Exception {
    Proof proof =
        new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, RawText.of("si+g/="), RawText.EMPTY);
    String before = ProofEnvelope.wrap(owned(proof, "c1")).plain();
    String after = ProofEnvelope.wrap(owned(proof, "c2")).plain();
    String thought =
        ProofEnvelope.wrap(
                new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("sig"), RawText.EMPTY))
            .plain();
    Prompt prompt =
        Responses.decode(
            """
            {"input":[
             {"type":"reasoning","id":"rs_0","summary":[{"type":"summary_text","text":"so"}],
              "encrypted_content":"%s"},
             {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"%s"},
             {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
             {"type":"function_call","call_id":"c2","name":"f","arguments":"{}"},
             {"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"%s"},
             {"type":"function_call_output","call_id":"c1","output":"1"},
             {"type":"function_call_output","call_id":"c2","output":"2"}]}
            """
                .formatted(thought, before, after));
    List<Part> parts = prompt.turns().getFirst().parts();
    assertThat(parts).hasSize(3);
    Part.Thought first = (Part.Thought) parts.getFirst();
    assertThat(first.text().plain()).isEqualTo("so");
    assertThat(first.proof().orElseThrow().origin()).isEqualTo(Dialect.MESSAGES);
    assertThat(((Part.ToolCall) parts.get(1)).proof()).contains(proof);
    assertThat(((Part.ToolCall) parts.get(2)).proof()).contains(proof);
  }

  private static Proof owned(Proof proof, String owner) {
    return new Proof(proof.origin(), proof.kind(), proof.value(), RawText.of(owner));
  }

  @Test
  void largeImage_isNotCopied() throws Exception {
    String data = "A".repeat(20 << 20);
    Prompt prompt =
        Responses.decode(
            "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":"
                + "\"data:image/jpeg;base64,"
                + data
                + "\"}]}]}");
    Part.Media image = (Part.Media) prompt.turns().getFirst().parts().getFirst();
    assertThat(((Part.Inline) image.source()).base64().length()).isEqualTo(data.length());
  }
}
