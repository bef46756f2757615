package dev.probity.gateway.upstream.simulated.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesRulesTest {
  private static final String TURN = "{\"role\":\"user\",\"content\":\"x\"}";
  private static final String CALL =
      "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\","
          + "\"input\":{}}]}";
  private static final String RESULT = "{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}";

  private static void check(String members) {
    MessagesRules.check(Trees.parse("{\"model\":\"m\",\"max_tokens\":2000," + members + "}"));
  }

  private static String messages(String... messages) {
    return "\"messages\":[" + String.join(",", messages) + "]";
  }

  private static String blocks(String role, String blocks) {
    return "{\"role\":\"" + role + "\",\"content\":[" + blocks + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "foo":1 | foo: Extra inputs are not permitted
          "metadata":{"a":"b"} | metadata.a: Extra inputs are not permitted
          "temperature":1.2 | temperature: range: 0..1
          "stop_sequences":["\\n"] | non-whitespace
          "output_config":{"effort":"minimal"} | output_config.effort: Input should be
          "output_config":{"format":{"schema":{"type":"object"}}} | 'additionalProperties' must be
          "tools":[{"name":"a.b","input_schema":{"type":"object"}}] | tools.0.custom.name: String
          "tools":[{"name":"a","input_schema":{}}] | tools.0.custom.input_schema.type: Field
          "tools":[{"name":"a","input_schema":{"type":"object"},"x":1}] | Extra inputs
          "tool_choice":{"type":"auto"} | may only be specified while providing tools
          "system":[{"type":"text","text":""}] | system: text content blocks must be non-empty
          "thinking":{"type":"enabled","budget_tokens":512} | greater than or equal to 1024
          "thinking":{"type":"enabled","budget_tokens":2000} | `max_tokens` must be greater
          "thinking":{"type":"enabled"} | thinking.enabled.budget_tokens: Field required
          "thinking":{"type":"adaptive","budget_tokens":2} | thinking.adaptive.budget_tokens: Extra
          "thinking":{"type":"adaptive"},"temperature":0 | `temperature` may only be set to 1
          "thinking":{"type":"adaptive"},"top_k":4 | `top_k` must be unset
          """)
  void membersThatAreWrong_areRefused(String members, String words) {
    refused(members + "," + messages(TURN), words);
  }

  private static void refused(String members, String words) {
    assertThatThrownBy(() -> check(members))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"high\"}",
        "\"context_management\":{\"edits\":[]},\"speed\":\"fast\",\"metadata\":{\"user_id\":\"u\"}",
        "\"tools\":[{\"name\":\"a\",\"input_schema\":{\"type\":\"object\"},"
            + "\"eager_input_streaming\":true},{\"type\":\"web_search_20250305\","
            + "\"name\":\"web_search\",\"max_uses\":8}]"
      })
  void whatClientsReallySend_isTaken(String members) {
    assertThatCode(() -> check(members + "," + messages(TURN))).doesNotThrowAnyException();
  }

  @Test
  void pairsOfCallsAndResults_mustBeWhole() {
    assertThatCode(() ->
            check(
                messages(
                    TURN,
                    CALL,
                    blocks("user", RESULT),
                    CALL.replace("\"a\"", "\"b\""),
                    blocks("user", RESULT.replace("\"a\"", "\"b\"")))))
        .doesNotThrowAnyException();
    refused(messages(CALL), "first message must use the \"user\" role");
    refused(messages(TURN, CALL), "`tool_use` ids were found without `tool_result`");
    refused(messages(TURN, CALL, TURN), "messages.1: `tool_use` ids were found");
    refused(messages(blocks("user", RESULT)), "messages.0.content.0: unexpected `tool_use_id`");
    refused(
        messages(TURN, CALL, blocks("user", "{\"type\":\"text\",\"text\":\"x\"}," + RESULT)),
        "immediately after: a");
    refused(
        messages(TURN, CALL, blocks("user", RESULT), CALL, blocks("user", RESULT)),
        "ids must be unique");
    refused(
        messages(TURN, CALL.replace("\"a\"", "\"a:0\""), blocks("user", RESULT)),
        "tool_use.id: String should match pattern");
    refused(messages(TURN, CALL.replace("{}", "\"{}\"")), "Input should be a valid dictionary");
  }

  @Test
  void thoughts_mustBeItsOwn() {
    String own =
        "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\""
            + Sight.seal("anthropic", "hm")
            + "\"}";
    assertThatCode(() -> check(messages(TURN, blocks("assistant", own), TURN)))
        .doesNotThrowAnyException();
    for (String wrong :
        new String[] {own.replace("hm", "mm"), own.replaceAll("ture\":\".*\"", "ture\":\"Cs4\"")}) {
      refused(
          messages(TURN, blocks("assistant", wrong), TURN),
          "messages.1.content.0: Invalid `signature` in `thinking` block");
    }
    refused(
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},"
            + messages(TURN, CALL, blocks("user", RESULT)),
        "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found"
            + " `tool_use`");
  }

  @Test
  void marksAndEmptyTexts_areCounted() {
    String marked = "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}";
    String five = String.join(",", marked, marked, marked, marked, marked);
    refused(messages(blocks("user", five)), "A maximum of 4 blocks with cache_control");
    refused(messages(blocks("user", "{\"type\":\"text\",\"text\":\" \"}")), "non-whitespace text");
    refused(
        messages(blocks("user", marked.replace("\"x\"", "\"\""))),
        "cache_control cannot be set for empty text blocks");
    refused(messages("{\"role\":\"user\",\"content\":\"\"}"), "must have non-empty content");
  }
}
