package dev.probity.gateway.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesDecodersTest {
  private static final String BEGUN =
      event("response.created", "\"response\":{\"id\":\"r\",\"model\":\"m\"}");
  private static final String COMPLETED =
      event("response.completed", "\"response\":{\"status\":\"completed\"}");

  private static String event(String type, String rest) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + rest + "}\n\n";
  }

  private static List<String> told(String... events) throws Exception {
    List<String> all = Responses.told(BEGUN + String.join("", events) + COMPLETED);
    assertThat(all).first().isEqualTo("Begun[id=r, model=m]");
    assertThat(all).last().isEqualTo("Ended[]");
    return all.subList(1, all.size() - 1);
  }

  @Test
  void argumentsOnlyWhole_areTold() throws Exception {
    List<String> told =
        told(
            event(
                "response.output_item.added",
                "\"output_index\":0,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\","
                    + "\"name\":\"f\",\"arguments\":\"\"}"),
            event(
                "response.function_call_arguments.done",
                "\"output_index\":0,\"arguments\":\"{\\\"a\\\":1}\""),
            event(
                "response.output_item.done",
                "\"output_index\":0,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\","
                    + "\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}"));
    assertThat(told)
        .containsExactly(
            "BlockBegun[block=0, kind=ToolCall[id=c, name=f, freeform=false]]",
            "InputPiece[block=0, text={\\\"a\\\":1}]",
            "BlockEnded[block=0]",
            "Stopped[reason=TOOL_CALLS, sequence=Optional.empty]");
  }

  @Test
  void itemsOnlyWhole_withoutPlaces_areTold() throws Exception {
    List<String> told =
        told(
            event(
                "response.output_item.done",
                "\"item\":{\"type\":\"message\",\"id\":\"m1\",\"role\":\"assistant\","
                    + "\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}"),
            event(
                "response.output_item.done",
                "\"item\":{\"type\":\"function_call\",\"id\":\"f1\",\"call_id\":\"c\","
                    + "\"name\":\"f\",\"arguments\":\"{}\"}"));
    assertThat(told)
        .containsExactly(
            "BlockBegun[block=0, kind=Text[]]",
            "TextPiece[block=0, text=a]",
            "BlockEnded[block=0]",
            "BlockBegun[block=1, kind=ToolCall[id=c, name=f, freeform=false]]",
            "InputPiece[block=1, text={}]",
            "BlockEnded[block=1]",
            "Stopped[reason=TOOL_CALLS, sequence=Optional.empty]");
  }

  @Test
  void itemsOnlyInTheEnd_areTold() throws Exception {
    assertThat(
            Responses.told(
                BEGUN
                    + event(
                        "response.completed",
                        "\"response\":{\"output\":[{\"type\":\"message\",\"content\":["
                            + "{\"type\":\"output_text\",\"text\":\"a\"}]}]}")))
        .contains("TextPiece[block=0, text=a]");
  }

  /** GitHub Copilot gives an item another id in each event. */
  @Test
  void itemsWhoseIdsChange_areToldOnce() throws Exception {
    String item =
        "{\"type\":\"message\",\"id\":\"%s\",\"content\":["
            + "{\"type\":\"output_text\",\"text\":\"a\"}]}";
    List<String> told =
        Responses.told(
            BEGUN
                + event("response.output_item.added", "\"output_index\":1,\"item\":{\"id\":\"1\"}")
                + event("response.output_text.delta", "\"output_index\":1,\"delta\":\"a\"")
                + event(
                    "response.output_item.done",
                    "\"output_index\":1,\"item\":" + item.formatted("2"))
                + event(
                    "response.completed",
                    "\"response\":{\"output\":[" + item.formatted("3") + "]}"));
    assertThat(told).filteredOn(event -> event.startsWith("TextPiece")).hasSize(1);
  }

  @Test
  void summaryInParagraphs_andRawThoughts_areToldOnce() throws Exception {
    List<String> told =
        told(
            event(
                "response.output_item.added",
                "\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[]}"),
            event(
                "response.reasoning_summary_text.delta",
                "\"output_index\":0,\"summary_index\":0,\"delta\":\"a\""),
            event(
                "response.reasoning_summary_text.delta",
                "\"output_index\":0,\"summary_index\":1,\"delta\":\"b\""),
            event(
                "response.reasoning_text.delta",
                "\"output_index\":0,\"content_index\":0,\"delta\":\"raw\""),
            event(
                "response.content_part.done",
                "\"output_index\":0,\"part\":{\"type\":\"reasoning_text\",\"text\":\"raw\"}"),
            event(
                "response.output_item.done",
                "\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":["
                    + "{\"type\":\"summary_text\",\"text\":\"a\"},"
                    + "{\"type\":\"summary_text\",\"text\":\"b\"}],"
                    + "\"encrypted_content\":\"gAAA\"}"));
    assertThat(told)
        .containsExactly(
            "BlockBegun[block=0, kind=Thought[]]",
            "TextPiece[block=0, text=a]",
            "TextPiece[block=0, text=\\n\\n]",
            "TextPiece[block=0, text=b]",
            "Proven[block=0, proof=Proof[origin=RESPONSES, kind=SIGNATURE, value=gAAA, id=rs]]",
            "BlockEnded[block=0]",
            "Stopped[reason=END, sequence=Optional.empty]");
  }

  @Test
  void hiddenThought_foreignItem_citationAndRefusal() throws Exception {
    List<String> told =
        told(
            event(
                "response.output_item.done",
                "\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[],"
                    + "\"encrypted_content\":\"gAAA\"}"),
            event("response.web_search_call.searching", "\"output_index\":1"),
            event(
                "response.output_item.done",
                "\"output_index\":1,\"item\":{\"type\":\"web_search_call\",\"id\":\"ws\"}"),
            event("response.output_text.delta", "\"output_index\":2,\"delta\":\"a\""),
            event(
                "response.output_text.annotation.added",
                "\"output_index\":2,\"annotation\":{\"type\":\"url_citation\",\"url\":\"u\"}"),
            event(
                "response.content_part.done",
                "\"output_index\":2,\"part\":{\"type\":\"output_text\",\"text\":\"a\","
                    + "\"annotations\":[{\"type\":\"url_citation\",\"url\":\"u\"}]}"),
            event(
                "response.refusal.delta",
                "\"output_index\":2,\"content_index\":1,\"delta\":\"no\""));
    assertThat(told.get(1)).contains("kind=HIDDEN_THOUGHT, value=gAAA, id=rs");
    assertThat(told.get(3)).contains("Foreign[origin=RESPONSES, type=web_search_call");
    assertThat(told.stream().filter(each -> each.startsWith("Cited"))).hasSize(1);
    assertThat(told)
        .contains("BlockBegun[block=3, kind=Declined[]]")
        .contains("Stopped[reason=DECLINED, sequence=Optional.empty]");
  }

  @ParameterizedTest
  @CsvSource({
    "max_output_tokens, MAX_TOKENS",
    "content_filter, DECLINED",
    "something_new, MAX_TOKENS"
  })
  void incompleteResponses_sayWhy(String reason, String expected) throws Exception {
    String response =
        "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\""
            + reason
            + "\"},\"output\":[]}";
    assertThat(Responses.told(BEGUN + event("response.incomplete", "\"response\":" + response)))
        .contains("Stopped[reason=" + expected + ", sequence=Optional.empty]");
    assertThat(Responses.toldWhole(response))
        .contains("Stopped[reason=" + expected + ", sequence=Optional.empty]");
  }

  @ParameterizedTest
  @CsvSource({
    "context_length_exceeded, INVALID",
    "insufficient_quota, RATE_LIMITED",
    "rate_limit_exceeded, RATE_LIMITED",
    "invalid_prompt, INVALID",
    "image_too_large, INVALID",
    "server_is_overloaded, UNAVAILABLE",
    "server_error, UPSTREAM_FAILED"
  })
  void failures_areTold_howeverTheyCome(String code, String reason) throws Exception {
    String error = "{\"code\":\"" + code + "\",\"message\":\"why\"}";
    String expected =
        "Failed[refusal=Refusal[reason=" + reason + ", code=" + code + ", message=why";
    assertThat(
            Responses.told(
                BEGUN + event("response.failed", "\"response\":{\"error\":" + error + "}")))
        .last()
        .asString()
        .startsWith(expected);
    assertThat(
            Responses.told("event: error\ndata: {\"type\":\"error\",\"error\":" + error + "}\n\n"))
        .singleElement()
        .asString()
        .startsWith(expected);
    assertThat(
            Responses.told(
                event("error", "\"code\":\"" + code + "\",\"message\":\"why\",\"param\":null")))
        .singleElement()
        .asString()
        .startsWith(expected);
    assertThat(Responses.toldWhole("{\"status\":\"failed\",\"error\":" + error + "}"))
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "created", "delta"})
  void streamThatIsCut_isNoAnswer(String how) {
    String stream =
        switch (how) {
          case "created" -> BEGUN;
          case "delta" -> event("response.output_text.delta", "\"delta\":\"a\"");
          default -> "";
        };
    assertThatThrownBy(() -> Responses.told(stream)).isInstanceOf(Untranslatable.class);
  }

  @Test
  void unfinishedDocuments_areNoAnswers() {
    for (String status : List.of("queued", "in_progress", "cancelled")) {
      assertThatThrownBy(() -> Responses.toldWhole("{\"status\":\"" + status + "\"}"))
          .isInstanceOf(Untranslatable.class);
    }
    assertThatThrownBy(() -> new ResponsesDocumentDecoder().end(_ -> {}))
        .isInstanceOf(Untranslatable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"output_index\":-5,\"content_index\":99999999999,\"delta\":\"a\"",
        "\"output_index\":\"x\",\"delta\":{}",
        "\"item\":null"
      })
  void wildEvents_breakNothing(String rest) throws Exception {
    for (String type :
        List.of(
            "response.output_text.delta",
            "response.output_item.added",
            "response.reasoning_text.delta",
            "response.content_part.done",
            "response.function_call_arguments.done",
            "response.unheard_of")) {
      try {
        assertThat(Responses.told(BEGUN + event(type, rest) + COMPLETED))
            .last()
            .isEqualTo("Ended[]");
      } catch (MalformedJson e) {
        assertThat(e).hasMessageContaining("expected");
      }
    }
  }
}
