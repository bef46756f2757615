package dev.probity.gateway.translate.responses;

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
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.upstream.simulated.rules.ResponsesRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ResponsesRequestEncoderTest {
  private static final Optional<Proof> CLAUDES =
      Optional.of(
          new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("sig"), RawText.EMPTY));

  private static Prompt saying(List<Turn> turns, List<Tool> tools, Map<Knob, RawJson> knobs) {
    return new Prompt(
        List.of(),
        turns,
        tools,
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        knobs,
        Map.of());
  }

  private static Turn turn(Role role, Part... parts) {
    return new Turn(role, List.of(parts));
  }

  private static Part text(String text) {
    return Part.Text.of(RawText.of(text));
  }

  private static JsonNode written(Prompt prompt, Losses losses) throws Exception {
    JsonNode json = Responses.tree(Responses.encode(prompt, losses));
    ResponsesRules.check(json);
    return json;
  }

  /** The seal is no simulated one; apart from that OpenAI would take it. */
  @Test
  void codex_comesOutAsItWentIn() throws Exception {
    Losses losses = new Losses();
    Prompt prompt = Responses.decode(ResponsesRequestDecoderTest.CODEX, losses);
    String out = Responses.encode(prompt, losses);
    JsonNode written = Responses.tree(out);
    JsonNode asked = Responses.tree(ResponsesRequestDecoderTest.CODEX);
    assertThat(losses.words()).containsExactly("unknown:client_metadata");
    for (String same :
        List.of(
            "tool_choice",
            "parallel_tool_calls",
            "reasoning",
            "store",
            "include",
            "prompt_cache_key",
            "stream")) {
      assertThat(written.path(same)).describedAs(same).isEqualTo(asked.path(same));
    }
    assertThat(written.at("/tools/0")).isEqualTo(asked.at("/tools/0"));
    assertThat(written.at("/tools/1")).isEqualTo(asked.at("/tools/1"));
    assertThat(written.at("/tools/2")).isEqualTo(asked.at("/tools/3"));
    assertThat(written.at("/tools/3")).isEqualTo(asked.at("/tools/2"));
    assertThat(out).contains("You are \\u00fc a coding agent", "data:image/png;base64,iVBO\\/w==");
    assertThat(written.at("/input/2"))
        .isEqualTo(
            Responses.tree(
                """
                {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
                 "encrypted_content":"gAAA=="}\
                """));
    assertThat(written.at("/input/3/arguments").asString())
        .isEqualTo(asked.at("/input/4/arguments").asString());
    assertThat(written.at("/input/5/namespace").asString()).isEqualTo("mcp__files__");
    assertThat(written.at("/input/5/name").asString()).isEqualTo("read");
    assertThat(Responses.decode(out).turns().subList(1, 3)).isEqualTo(prompt.turns().subList(1, 3));
  }

  @Test
  void conversation_fromAnotherDialect_isOneThatOpenAiTakes() throws Exception {
    Losses losses = new Losses();
    JsonNode json =
        written(
            saying(
                List.of(
                    turn(
                        Role.USER,
                        new Part.Text(RawText.of("look"), CacheMark.ONE_HOUR, Optional.empty()),
                        media(Part.Media.Kind.IMAGE, "image/webp"),
                        media(Part.Media.Kind.DOCUMENT, "application/pdf")),
                    turn(
                        Role.ASSISTANT,
                        new Part.Thought(RawText.of("hm"), CLAUDES),
                        text("I call"),
                        call("", "f", RawJson.of("{\"a\":\"\\n\"}")),
                        call("", "g", RawJson.of("\"not json\""))),
                    turn(
                        Role.USER,
                        result("g", text("two")),
                        new Part.ToolResult(
                            RawText.EMPTY,
                            Optional.of(RawText.of("f")),
                            List.of(),
                            Optional.of(RawJson.of("{\"one\":1}")),
                            true,
                            false,
                            CacheMark.NONE),
                        text("and now?")),
                    turn(Role.SYSTEM, text("be quick")),
                    turn(Role.ASSISTANT, new Part.Declined(RawText.of("no")))),
                List.of(),
                Map.of()),
            losses);
    JsonNode input = json.path("input");
    assertThat(input.valueStream().map(item -> item.path("type").asString()))
        .containsExactly(
            "message",
            "message",
            "function_call",
            "function_call",
            "function_call_output",
            "function_call_output",
            "message",
            "message",
            "message");
    assertThat(input.at("/0/content/1/image_url").asString())
        .isEqualTo("data:image/webp;base64,AAAA");
    assertThat(input.at("/0/content/2/filename").asString()).isEqualTo("document.pdf");
    assertThat(input.at("/2/arguments").asString()).isEqualTo("{\"a\":\"\\n\"}");
    assertThat(input.at("/3/arguments").asString()).isEqualTo("not json");
    assertThat(input.at("/4/call_id")).isEqualTo(input.at("/3/call_id"));
    assertThat(input.at("/5/call_id")).isEqualTo(input.at("/2/call_id"));
    assertThat(input.at("/5/output").asString()).isEqualTo("Error: {\"one\":1}");
    assertThat(input.at("/7/role").asString()).isEqualTo("developer");
    assertThat(input.at("/8/content/0/type").asString()).isEqualTo("refusal");
    assertThat(json.path("store").asBoolean()).isFalse();
    assertThat(losses.words())
        .containsExactlyInAnyOrder("cache_mark", "reasoning_history", "tool_error_mark");
  }

  private static Part media(Part.Media.Kind kind, String type) {
    return new Part.Media(
        kind,
        type,
        new Part.Inline(RawText.of("AAAA")),
        Optional.empty(),
        Optional.empty(),
        CacheMark.NONE);
  }

  private static Part call(String id, String name, RawJson input) {
    return new Part.ToolCall(
        RawText.of(id), RawText.of(name), input, false, Optional.empty(), CacheMark.NONE);
  }

  private static Part result(String name, Part content) {
    return new Part.ToolResult(
        RawText.EMPTY,
        Optional.of(RawText.of(name)),
        List.of(content),
        Optional.empty(),
        false,
        false,
        CacheMark.NONE);
  }

  @Test
  void ownThoughtWithoutConsequence_isLeftOut() throws Exception {
    Part thought =
        new Part.Thought(
            RawText.EMPTY,
            Optional.of(
                new Proof(
                    Dialect.RESPONSES,
                    Proof.Kind.HIDDEN_THOUGHT,
                    RawText.of("gAAA"),
                    RawText.of("rs_1"))));
    Losses losses = new Losses();
    JsonNode json =
        written(
            saying(
                List.of(
                    turn(Role.USER, text("a")),
                    turn(Role.ASSISTANT, thought),
                    turn(Role.USER, text("b"))),
                List.of(),
                Map.of()),
            losses);
    assertThat(json.path("input")).hasSize(2);
    assertThat(losses.words()).containsExactly("reasoning_history");
  }

  @Test
  void toolsOfOthers_becomeOurs() throws Exception {
    Losses losses = new Losses();
    List<Tool> tools =
        List.of(
            new Tool.Function(
                RawText.of("f"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CacheMark.FIVE_MINUTES,
                Map.of("defer_loading", RawJson.TRUE)),
            new Tool.Server(
                Tool.Server.Kind.WEB_SEARCH,
                Dialect.MESSAGES,
                "web_search_20250305",
                RawJson.of(
                    "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":5,"
                        + "\"allowed_domains\":[\"a.b\"],"
                        + "\"user_location\":{\"type\":\"approximate\",\"city\":\"Oslo\"}}")),
            new Tool.Server(
                Tool.Server.Kind.COMPUTER, Dialect.MESSAGES, "computer", RawJson.EMPTY_OBJECT));
    JsonNode json = written(saying(List.of(turn(Role.USER, text("a"))), tools, Map.of()), losses);
    assertThat(json.path("tools"))
        .isEqualTo(
            Responses.tree(
                """
                [{"type":"function","name":"f","parameters":{"type":"object","properties":{}},
                  "strict":false},
                 {"type":"web_search","filters":{"allowed_domains":["a.b"]},
                  "user_location":{"type":"approximate","city":"Oslo"}}]\
                """));
    assertThat(losses.words())
        .containsExactlyInAnyOrder(
            "cache_mark",
            "dropped:tools.defer_loading",
            "dropped:web_search.max_uses",
            "server_tool");
  }

  @ParameterizedTest
  @EnumSource(Knob.class)
  void everyKnob_isTakenLostOrRefused(Knob knob) throws Exception {
    RawJson value =
        switch (knob) {
          case STOP -> RawJson.of("[\"x\"]");
          case METADATA -> RawJson.of("{\"a\":\"b\"}");
          case MODALITIES -> RawJson.of("[\"text\",\"audio\"]");
          case SERVICE_TIER -> RawJson.of("\"flex\"");
          case VERBOSITY -> RawJson.of("\"low\"");
          case END_USER, CACHE_KEY -> RawJson.of("\"me\"");
          case STORE, LOGPROBS -> RawJson.TRUE;
          case MAX_TOKENS -> RawJson.number(100);
          case CANDIDATES -> RawJson.number(2);
          default -> RawJson.number(1);
        };
    Map<Knob, RawJson> knobs = new EnumMap<>(Map.of(knob, value));
    Prompt prompt = saying(List.of(turn(Role.USER, text("a"))), List.of(), knobs);
    Losses losses = new Losses();
    if (knob == Knob.CANDIDATES || knob == Knob.CACHED_CONTENT) {
      assertThatThrownBy(() -> Responses.encode(prompt, losses)).isInstanceOf(Untranslatable.class);
      return;
    }
    JsonNode json = written(prompt, losses);
    JsonNode without = written(saying(prompt.turns(), List.of(), Map.of()), new Losses());
    assertThat(json.equals(without)).isEqualTo(!losses.isEmpty());
  }

  @Test
  void limits_ofOpenAi_areKept() throws Exception {
    Losses losses = new Losses();
    JsonNode json =
        written(
            saying(
                List.of(turn(Role.USER, text("a"))),
                List.of(),
                Map.of(
                    Knob.MAX_TOKENS, RawJson.number(1),
                    Knob.END_USER, RawJson.text("x".repeat(65)))),
            losses);
    assertThat(json.path("max_output_tokens").asInt()).isEqualTo(16);
    assertThat(losses.words())
        .containsExactlyInAnyOrder("clamped:max_output_tokens", "dropped:safety_identifier");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-6, OFF, -1, none",
    "gpt-4.1-mini, OFF, -1, ''",
    "gpt-5-mini, OFF, -1, minimal",
    "o3, OFF, -1, low",
    "gpt-6, ON, 1024, low",
    "gpt-6, ON, 10000, medium",
    "gpt-6, ON, 60000, high",
    "gpt-6, ADAPTIVE, -1, ''"
  })
  void thinking_isSaidAsTheModelKnowsIt(
      String model, Reasoning.Mode mode, long budget, String effort) throws Exception {
    Prompt prompt =
        new Prompt(
            List.of(text("one"), text("two")),
            List.of(turn(Role.USER, text("a"))),
            List.of(),
            ToolChoice.UNSAID,
            new Reasoning(
                mode,
                Optional.empty(),
                budget < 0 ? OptionalLong.empty() : OptionalLong.of(budget),
                Optional.of(true),
                true),
            OutputFormat.PLAIN,
            Map.of(),
            Map.of());
    JsonNode json = Responses.tree(Responses.encode(prompt, model, new Losses()));
    ResponsesRules.check(json);
    assertThat(json.at("/reasoning/effort").asString("")).isEqualTo(effort);
    assertThat(json.has("include")).isEqualTo(mode != Reasoning.Mode.OFF);
    assertThat(json.at("/input/0/role").asString()).isEqualTo("developer");
    assertThat(json.at("/input/0/content")).hasSize(2);
  }

  @Test
  void mediaThatOpenAiDoesNotTake_areRefused() {
    for (Part part :
        List.of(
            media(Part.Media.Kind.AUDIO, "audio/wav"),
            media(Part.Media.Kind.VIDEO, "video/mp4"),
            new Part.Media(
                Part.Media.Kind.IMAGE,
                "",
                new Part.UploadedFile(Dialect.GEMINI, RawText.of("files/1")),
                Optional.empty(),
                Optional.empty(),
                CacheMark.NONE))) {
      Prompt prompt = saying(List.of(turn(Role.USER, part)), List.of(), Map.of());
      assertThatThrownBy(() -> Responses.encode(prompt, new Losses()))
          .isInstanceOf(Untranslatable.class);
    }
  }
}
