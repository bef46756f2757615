package dev.probity.gateway.translate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MessagesRequestDecoderTest {
  private static final String ASK = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  private static List<Part> parts(String role, String blocks) throws Exception {
    Prompt prompt =
        Samples.prompt(
            "{\"model\":\"m\",\"messages\":[{\"role\":\""
                + role
                + "\",\"content\":"
                + blocks
                + "}]}");
    return prompt.turns().getFirst().parts();
  }

  private static Proof proof(Dialect origin, Proof.Kind kind, String value) {
    return new Proof(origin, kind, RawText.of(value), RawText.EMPTY);
  }

  @Test
  void system_isReadInOrder_withoutTheAttribution() throws Exception {
    Prompt prompt =
        Samples.prompt(
            """
            {"model":"m","system":[
              {"type":"text","text":"x-anthropic-billing-header: cc_version=2.1; cch=0a1b2;"},
              {"type":"text","text":"You are.","cache_control":{"type":"ephemeral","ttl":"1h"}},
              {"type":"text","text":"x-anthropic-billing-header: cch=1;\\n\\nStay \\u00e9"}],
             %s}
            """
                .formatted(ASK));
    assertThat(prompt.instructions())
        .containsExactly(
            new Part.Text(RawText.of("You are."), CacheMark.ONE_HOUR, Optional.empty()),
            new Part.Text(
                Samples.json("\"Stay \\u00e9\"").text().orElseThrow(),
                CacheMark.NONE,
                Optional.empty()));
  }

  @Test
  void system_mayBeAString() throws Exception {
    assertThat(Samples.prompt("{\"system\":\"Be brief.\"," + ASK + "}").instructions())
        .containsExactly(Part.Text.of(RawText.of("Be brief.")));
  }

  @Test
  void media_keepTheirBytesAndSources() throws Exception {
    List<Part> parts =
        parts(
            "user",
            """
            [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO\\/w=="}},
             {"type":"image","source":{"type":"url","url":"https://x/y.png"}},
             {"type":"document","title":"T","context":"C",
              "source":{"type":"text","media_type":"text/plain","data":"plain"}},
             {"type":"document","source":{"type":"file","file_id":"file_1"},
              "cache_control":{"type":"ephemeral"}},
             {"type":"document","source":{"type":"content","content":[
               {"type":"text","text":"a"},{"type":"text","text":"b"}]}}]
            """);
    Part.Media image = (Part.Media) parts.getFirst();
    assertThat(image.source().toString()).contains("iVBO\\/w==");
    assertThat(image.mediaType()).isEqualTo("image/png");
    assertThat(((Part.Media) parts.get(1)).source())
        .isEqualTo(new Part.Url(RawText.of("https://x/y.png")));
    assertThat(parts.get(2)).isEqualTo(Part.Text.of(RawText.of("C")));
    Part.Media text = (Part.Media) parts.get(3);
    assertThat(text.name()).contains(RawText.of("T"));
    assertThat(text.source()).isEqualTo(new Part.InlineText(RawText.of("plain")));
    Part.Media file = (Part.Media) parts.get(4);
    assertThat(file.source())
        .isEqualTo(new Part.UploadedFile(Dialect.MESSAGES, RawText.of("file_1")));
    assertThat(file.cache()).isEqualTo(CacheMark.FIVE_MINUTES);
    assertThat(parts.subList(5, 7))
        .containsExactly(Part.Text.of(RawText.of("a")), Part.Text.of(RawText.of("b")));
  }

  @Test
  void thoughts_keepTheirProofs() throws Exception {
    String envelope =
        ProofPlace.THOUGHT
            .envelope(proof(Dialect.RESPONSES, Proof.Kind.HIDDEN_THOUGHT, "gAAA"))
            .plain();
    assertThat(
            parts(
                "assistant",
                """
                [{"type":"thinking","thinking":"hm","signature":"EqQB+/=="},
                 {"type":"redacted_thinking","data":"%s"},
                 {"type":"redacted_thinking","data":"Emw"},
                 {"type":"thinking","thinking":"unsigned","signature":""},
                 {"type":"thinking","thinking":"from elsewhere","signature":"%s"}]
                """
                    .formatted(envelope, ProofPlace.UNSIGNED)))
        .containsExactly(
            new Part.Thought(
                RawText.of("hm"),
                Optional.of(proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, "EqQB+/=="))),
            new Part.Thought(
                RawText.EMPTY,
                Optional.of(proof(Dialect.RESPONSES, Proof.Kind.HIDDEN_THOUGHT, "gAAA"))),
            new Part.Thought(
                RawText.EMPTY,
                Optional.of(proof(Dialect.MESSAGES, Proof.Kind.HIDDEN_THOUGHT, "Emw"))),
            new Part.Thought(RawText.of("unsigned"), Optional.empty()),
            new Part.Thought(RawText.of("from elsewhere"), Optional.empty()));
  }

  @Test
  void proofs_goBackToWhatTheyProve() throws Exception {
    Proof google = proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, "Cs4");
    List<Part> parts =
        parts(
            "assistant",
            """
            [{"type":"text","text":"said"},{"type":"thinking","thinking":"","signature":"%s"},
             {"type":"thinking","thinking":"","signature":"%s"},
             {"type":"tool_use","id":"t1","name":"ls","input":{"a": 1}}]
            """
                .formatted(ProofPlace.PREVIOUS.envelope(google), ProofPlace.NEXT.envelope(google)));
    assertThat(parts)
        .containsExactly(
            new Part.Text(RawText.of("said"), CacheMark.NONE, Optional.of(google)),
            new Part.ToolCall(
                RawText.of("t1"),
                RawText.of("ls"),
                Samples.json("{\"a\": 1}"),
                false,
                Optional.of(google),
                CacheMark.NONE));
  }

  @Test
  void toolResults_areReadWithAllTheyHold() throws Exception {
    List<Part> parts =
        parts(
            "user",
            """
            [{"type":"tool_result","tool_use_id":"t1","content":"out","is_error":true},
             {"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"a"},
               {"type":"image","source":{"type":"url","url":"u"}}]},
             {"type":"tool_result","tool_use_id":"t3"}]
            """);
    Part.ToolResult failed = (Part.ToolResult) parts.getFirst();
    assertThat(failed.isError()).isTrue();
    assertThat(failed.content()).containsExactly(Part.Text.of(RawText.of("out")));
    assertThat(((Part.ToolResult) parts.get(1)).content()).hasSize(2);
    assertThat(((Part.ToolResult) parts.get(2)).content()).isEmpty();
  }

  @Test
  void blocksOfAnthropicsOwnTools_areForeign() throws Exception {
    for (String type :
        new String[] {"server_tool_use", "web_search_tool_result", "container_upload", "novel"}) {
      assertThat(parts("assistant", "[{\"type\":\"" + type + "\",\"x\": [1]}]"))
          .containsExactly(
              new Part.Foreign(
                  Dialect.MESSAGES, type, Samples.json("{\"type\":\"" + type + "\",\"x\": [1]}")));
    }
  }

  @Test
  void tools_areFunctionsOrAnthropicsOwn() throws Exception {
    Prompt prompt =
        Samples.prompt(
            """
            {%s,"tools":[
              {"name":"ls","description":"d","input_schema":{"type":"object"},"strict":true,
               "cache_control":{"type":"ephemeral"},"defer_loading":true},
              {"type":"web_search_20250305","name":"web_search","max_uses":3},
              {"type":"bash_20250124","name":"bash"}],
             "tool_choice":{"type":"tool","name":"ls","disable_parallel_tool_use":true}}
            """
                .formatted(ASK));
    Tool.Function function = (Tool.Function) prompt.tools().getFirst();
    assertThat(function.strict()).contains(true);
    assertThat(function.cache()).isEqualTo(CacheMark.FIVE_MINUTES);
    assertThat(function.rest()).containsOnlyKeys("defer_loading");
    Tool.Server search = (Tool.Server) prompt.tools().get(1);
    assertThat(search.kind()).isEqualTo(Tool.Server.Kind.WEB_SEARCH);
    assertThat(((Tool.Server) prompt.tools().get(2)).kind()).isEqualTo(Tool.Server.Kind.OTHER);
    assertThat(prompt.toolChoice())
        .isEqualTo(
            new ToolChoice(
                ToolChoice.Mode.REQUIRED, List.of(RawText.of("ls")), Optional.of(false)));
  }

  @Test
  void thinkingAndForm_areRead() throws Exception {
    Prompt prompt =
        Samples.prompt(
            """
            {%s,"thinking":{"type":"enabled","budget_tokens":2000,"display":"omitted"},
             "output_config":{"effort":"xhigh","format":{"type":"json_schema","schema":{"a":1}}}}
            """
                .formatted(ASK));
    assertThat(prompt.reasoning().mode()).isEqualTo(Mode.ON);
    assertThat(prompt.reasoning().budget()).hasValue(2000);
    assertThat(prompt.reasoning().effort()).contains(Effort.XHIGH);
    assertThat(prompt.reasoning().show()).contains(false);
    assertThat(prompt.reasoning().proofs()).isTrue();
    assertThat(((OutputFormat.Schema) prompt.format()).schema()).hasToString("{\"a\":1}");
    assertThat(Samples.prompt("{" + ASK + "}").reasoning().proofs()).isFalse();
  }

  @Test
  void membersThatOthersCannotKnow_areKeptByName() throws Exception {
    Prompt prompt =
        Samples.prompt(
            """
            {%s,"max_tokens":7,"temperature":0.5,"stop_sequences":["a"],"stream":true,
             "metadata":{"user_id":"u"},"service_tier":"standard_only","top_k":null,
             "context_management":{"edits":[]},"mcp_servers":[1],"speed":"fast"}
            """
                .formatted(ASK));
    assertThat(prompt.knobs().toString())
        .isEqualTo(
            "{MAX_TOKENS=7, TEMPERATURE=0.5, STOP=[\"a\"], SERVICE_TIER=\"default\","
                + " END_USER=\"u\"}");
    assertThat(prompt.knobs()).doesNotContainKey(Knob.TOP_K);
    assertThat(prompt.rest()).containsOnlyKeys("context_management", "mcp_servers", "speed");
  }

  @Test
  void systemTurns_stayWhereTheyAre() throws Exception {
    Prompt prompt =
        Samples.prompt(
            """
            {"messages":[{"role":"user","content":"a"},{"role":"system","content":"b"}]}
            """);
    assertThat(prompt.turns())
        .extracting(Prompt.Turn::role)
        .containsExactly(Role.USER, Role.SYSTEM);
  }

  @Test
  void whatIsNoRequest_isRefused() {
    for (String body :
        new String[] {
          "{}",
          "{\"messages\":[]}",
          "{\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]}",
          "{%s,\"tool_choice\":{\"type\":\"maybe\"}}".formatted(ASK)
        }) {
      assertThatThrownBy(() -> Samples.prompt(body, new Losses()))
          .as(body)
          .isInstanceOf(Untranslatable.class);
    }
    for (String body :
        new String[] {
          "{\"messages\":{}}",
          "{\"messages\":[1]}",
          "{\"messages\":[{\"role\":\"user\"}]}",
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}",
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}]}",
          "{%s,\"tools\":[{}]}".formatted(ASK),
          "{%s,\"thinking\":3}".formatted(ASK)
        }) {
      assertThatThrownBy(() -> Samples.prompt(body, new Losses()))
          .as(body)
          .isInstanceOf(MalformedJson.class);
    }
  }
}
