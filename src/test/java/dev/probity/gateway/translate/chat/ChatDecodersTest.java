package dev.probity.gateway.translate.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers' answers, as OpenAI and as compatible servers send them. */
class ChatDecodersTest {
  private static String chunk(String delta, String finish) {
    return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + (finish.isEmpty() ? "null" : "\"" + finish + "\"")
        + "}]}";
  }

  private static String document(String message, String finish) {
    return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt\","
        + "\"choices\":[{\"index\":0,\"message\":"
        + message
        + ",\"logprobs\":null,\"finish_reason\":\""
        + finish
        + "\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
  }

  private static Told stream(String finish, String... deltas) throws Exception {
    List<String> chunks = new ArrayList<>();
    for (String delta : deltas) {
      chunks.add(chunk(delta, ""));
    }
    chunks.add(chunk("{}", finish));
    return Told.of(new ChatEventDecoder(), chunks.toArray(String[]::new));
  }

  private static Told whole(String finish, String message) throws Exception {
    return Told.of(new ChatDocumentDecoder(), document(message, finish));
  }

  @Test
  void text_isTold_asItWasWritten() throws Exception {
    Told told =
        stream(
            "stop",
            "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
            "{\"content\":\"Gr\\u00fc\\u00dfe \\ud83d\"}",
            "{\"content\":\"\\ude00 \\\"there\\\"\\/\"}");
    assertThat(told.begun()).isEqualTo("c1/gpt");
    assertThat(told.blocks())
        .containsExactly("text: Gr\\u00fc\\u00dfe \\ud83d\\ude00 \\\"there\\\"\\/");
    assertThat(told.stopped()).isEqualTo("END");
    assertThat(told.ended()).isTrue();
  }

  @Test
  void chunksWithoutChoices_areNoAnswer() throws Exception {
    Told told =
        Told.of(
            new ChatEventDecoder(),
            "{\"id\":\"\",\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[]}",
            chunk("{\"content\":\"a\"}", "stop"),
            "{\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}");
    assertThat(told.begun()).isEqualTo("c1/gpt");
    assertThat(told.blocks()).containsExactly("text: a");
  }

  @Test
  void documentAndStream_tellTheSame() throws Exception {
    Told streamed =
        stream(
            "tool_calls",
            "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"Let me\"}",
            "{\"reasoning_content\":\" see.\"}",
            "{\"content\":\"I \"}",
            "{\"content\":\"look.\",\"tool_calls\":[]}",
            "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                + "\"function\":{\"name\":\"w\",\"arguments\":\"\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}",
            "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"custom\","
                + "\"custom\":{\"name\":\"p\",\"input\":\"\"}}]}",
            "{\"tool_calls\":[{\"index\":1,\"custom\":{\"input\":\"*** Begin\"}}]}");
    Told document =
        whole(
            "tool_calls",
            "{\"role\":\"assistant\",\"content\":\"I look.\",\"refusal\":null,\"tool_calls\":["
                + "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"w\","
                + "\"arguments\":\"{\\\"x\\\":1}\"}},{\"id\":\"b\",\"type\":\"custom\","
                + "\"custom\":{\"name\":\"p\",\"input\":\"*** Begin\"}}],"
                + "\"reasoning_content\":\"Let me see.\"}");
    assertThat(streamed.blocks())
        .containsExactly(
            "thought: Let me see. <chat SIGNATURE reasoning_content>",
            "text: I look.",
            "call a w: {\\\"x\\\":1}",
            "custom b p: *** Begin");
    assertThat(document.blocks()).isEqualTo(streamed.blocks());
    assertThat(document.stopped()).isEqualTo(streamed.stopped()).isEqualTo("TOOL_CALLS");
    assertThat(document.ended()).isTrue();
  }

  @Test
  void parallelCalls_mayComeInAnyOrder() throws Exception {
    List<String> first = List.of("{\\\"a\\\"", ":[1", "]}");
    List<String> second = List.of("{\\\"b\\\"", ":2", "}");
    int tried = 0;
    for (int pattern = 0; pattern < 64; pattern++) {
      if (Integer.bitCount(pattern) != 3) {
        continue;
      }
      List<String> deltas = new ArrayList<>();
      int ones = 0;
      int zeros = 0;
      for (int bit = 0; bit < 6; bit++) {
        boolean one = (pattern >> bit & 1) == 1;
        int at = one ? ones++ : zeros++;
        deltas.add(piece(one ? 1 : 0, at == 0, one ? second.get(at) : first.get(at)));
      }
      Told told = stream("tool_calls", deltas.toArray(String[]::new));
      assertThat(told.blocks())
          .containsExactlyInAnyOrder(
              "call id0 tool0: {\\\"a\\\":[1]}", "call id1 tool1: {\\\"b\\\":2}");
      tried++;
    }
    assertThat(tried).isEqualTo(20);
  }

  private static String piece(int index, boolean first, String arguments) {
    String head = first ? "\"id\":\"id" + index + "\",\"type\":\"function\"," : "";
    String name = first ? "\"name\":\"tool" + index + "\"," : "";
    return "{\"tool_calls\":[{\"index\":"
        + index
        + ","
        + head
        + "\"function\":{"
        + name
        + "\"arguments\":\""
        + arguments
        + "\"}}]}";
  }

  @Test
  void wholeCallsWithoutNumbers_orAllWithTheSame_areSeveral() throws Exception {
    for (String index : List.of("", "\"index\":0,")) {
      Told told =
          stream(
              "stop",
              "{\"tool_calls\":[{"
                  + index
                  + "\"id\":\"a\",\"function\":{\"name\":\"w\","
                  + "\"arguments\":\"{}\"}},{"
                  + index
                  + "\"id\":\"b\",\"function\":"
                  + "{\"name\":\"w\",\"arguments\":\"{\\\"x\\\":2}\"}}]}");
      assertThat(told.blocks()).containsExactly("call a w: {}", "call b w: {\\\"x\\\":2}");
      // The server says "stop"; it stopped for its calls.
      assertThat(told.stopped()).isEqualTo("TOOL_CALLS");
    }
  }

  @Test
  void repeatedIds_areOneCall_andMissingOnesTheLast() throws Exception {
    String again =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"w\","
            + "\"arguments\":\"%s\"}}]}";
    assertThat(stream("tool_calls", again.formatted("{\\\"x"), again.formatted("\\\":1}")).blocks())
        .containsExactly("call a w: {\\\"x\\\":1}");
    Told told =
        stream(
            "tool_calls",
            "{\"tool_calls\":[{\"function\":{\"name\":\"w\",\"arguments\":\"{\"}}]}",
            "{\"tool_calls\":[{\"function\":{\"arguments\":\"}\"}}]}",
            "{\"tool_calls\":[{\"function\":{\"name\":\"v\",\"arguments\":\"{}\"}}]}");
    assertThat(told.blocks()).containsExactly("call  w: {}", "call  v: {}");
  }

  @Test
  void argumentsThatAreNoJson_passAsTheyAre_andObjectsAsText() throws Exception {
    Told told =
        stream(
            "tool_calls",
            "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"w\","
                + "\"arguments\":\"{oops \\u0000\"}}]}",
            "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"w\","
                + "\"arguments\":{\"x\":\"y\"}}}]}");
    assertThat(told.blocks())
        .containsExactly("call a w: {oops \\u0000", "call b w: {\\\"x\\\":\\\"y\\\"}");
  }

  @Test
  void nameThatComesLate_isWaitedFor_andOneThatNeverComesIsAFailure() throws Exception {
    Told told =
        stream(
            "tool_calls",
            "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"w\",\"arguments\":\"}\"}}]}");
    assertThat(told.blocks()).containsExactly("call a w: {}");
    assertThatThrownBy(() -> stream("tool_calls", "{\"tool_calls\":[{\"index\":0,\"id\":\"a\"}]}"))
        .isInstanceOf(Untranslatable.class);
  }

  @Test
  void legacyFunctionCall_isACall() throws Exception {
    Told told =
        stream(
            "function_call",
            "{\"function_call\":{\"name\":\"w\",\"arguments\":\"\"}}",
            "{\"function_call\":{\"arguments\":\"{\\\"x\\\":1}\"}}");
    assertThat(told.blocks()).containsExactly("call  w: {\\\"x\\\":1}");
    assertThat(told.stopped()).isEqualTo("TOOL_CALLS");
  }

  @Test
  void signatureOnACall_isItsProof() throws Exception {
    Told told =
        stream(
            "tool_calls",
            "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"w\","
                + "\"arguments\":\"{}\"},\"extra_content\":{\"google\":"
                + "{\"thought_signature\":\"sig==\"}}}]}");
    assertThat(told.blocks()).containsExactly("call a w: {} <chat SIGNATURE sig==>");
  }

  @Test
  void thoughtsInSeveralMembers_areToldOnce() throws Exception {
    assertThat(
            stream(
                    "stop",
                    "{\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"}",
                    "{\"content\":\"a\"}")
                .blocks())
        .containsExactly("thought: hm <chat SIGNATURE reasoning_content>", "text: a");
    assertThat(
            stream(
                    "stop",
                    "{\"reasoning\":\"h\",\"reasoning_details\":[{\"type\":\"reasoning.text\","
                        + "\"text\":\"h\",\"format\":\"f\",\"index\":0}]}",
                    "{\"reasoning\":\"m\",\"reasoning_details\":[{\"type\":\"reasoning.text\","
                        + "\"text\":\"m\",\"format\":\"f\",\"index\":0}]}",
                    "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"s1\","
                        + "\"format\":\"f\",\"index\":0}]}",
                    "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"d2\","
                        + "\"id\":\"rs_1\",\"index\":1}]}",
                    "{\"content\":\"a\"}")
                .blocks())
        .containsExactly(
            "thought: hm <chat SIGNATURE {\"type\":\"reasoning.text\",\"signature\":\"s1\","
                + "\"format\":\"f\",\"index\":0}>",
            "thought:  <chat HIDDEN_THOUGHT {\"type\":\"reasoning.encrypted\",\"data\":\"d2\","
                + "\"id\":\"rs_1\",\"index\":1}>",
            "text: a");
  }

  @Test
  void contentInParts_isReadAsText_andAsThoughts() throws Exception {
    Told told =
        whole(
            "stop",
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":["
                + "{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"a\"}]}");
    assertThat(told.blocks()).containsExactly("thought: hm", "text: a");
  }

  @Test
  void refusal_isDeclined() throws Exception {
    Told told = stream("stop", "{\"refusal\":\"I can\"}", "{\"refusal\":\"not.\"}");
    assertThat(told.blocks()).containsExactly("declined: I cannot.");
    assertThat(told.stopped()).isEqualTo("DECLINED");
  }

  @Test
  void annotations_areCitations() throws Exception {
    Told told =
        stream(
            "stop",
            "{\"content\":\"So it is.\"}",
            "{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://x\","
                + "\"title\":\"X\",\"start_index\":0,\"end_index\":9}},{\"type\":\"other\"}]}");
    assertThat(told.blocks()).containsExactly("text: So it is. [https://x]");
  }

  @ParameterizedTest
  @CsvSource({
    "stop, END",
    "length, MAX_TOKENS",
    "content_filter, DECLINED",
    "tool_calls, END",
    "eos, END"
  })
  void reasons_areRead(String word, String reason) throws Exception {
    assertThat(stream(word, "{\"content\":\"a\"}").stopped()).isEqualTo(reason);
    assertThat(whole(word, "{\"content\":\"a\"}").stopped()).isEqualTo(reason);
  }

  @Test
  void stopSequence_isTold_whereTheServerSaysIt() throws Exception {
    Told told =
        Told.of(
            new ChatEventDecoder(),
            "{\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\","
                + "\"stop_reason\":\"###\"}]}");
    assertThat(told.stopped()).isEqualTo("STOP_SEQUENCE ###");
  }

  @Test
  void otherChoices_andWhatComesAfterTheStop_areLeftOut() throws Exception {
    Told told =
        Told.of(
            new ChatEventDecoder(),
            chunk("{\"content\":\"a\"}", ""),
            "{\"id\":\"c\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},"
                + "\"finish_reason\":\"stop\"}]}",
            chunk("{}", "stop"),
            chunk("{\"content\":\"c\"}", "stop"));
    assertThat(told.blocks()).containsExactly("text: a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"It broke.\",\"code\":500}}",
        "{\"error\":\"It broke.\"}",
        "{\"object\":\"error\",\"message\":\"It broke.\",\"code\":40001}",
        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":"
            + "\"error\",\"error\":{\"message\":\"It broke.\"}}]}"
      })
  void errors_failTheAnswer_inTheProvidersWords(String error) throws Exception {
    Told told = Told.of(new ChatEventDecoder(), chunk("{\"content\":\"a\"}", ""), error);
    assertThat(told.failed()).isEqualTo("It broke.");
    assertThat(told.ended()).isFalse();
  }

  @Test
  void endWithoutReason_isNoEnd() {
    assertThatThrownBy(() -> Told.of(new ChatEventDecoder(), chunk("{\"content\":\"a\"}", "")))
        .isInstanceOf(Untranslatable.class);
    assertThatThrownBy(() -> Told.of(new ChatEventDecoder())).isInstanceOf(Untranslatable.class);
    assertThatThrownBy(() -> Told.of(new ChatDocumentDecoder(), "{\"choices\":[]}"))
        .isInstanceOf(Untranslatable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"choices\":null}",
        "{\"choices\":[null,7,\"x\",[]]}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[{\"delta\":[]}]}",
        "{\"choices\":[{\"delta\":{\"content\":7,\"tool_calls\":{},\"reasoning\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[7,null,{\"text\":{}}],\"tool_calls\":[7,null]}}]}",
        "{\"choices\":[{\"delta\":{\"reasoning_details\":[1,{\"text\":1}],\"annotations\":[2,{}]}}]}"
      })
  void strangeChunks_areNoContent(String strange) throws Exception {
    Told told = Told.of(new ChatEventDecoder(), strange, chunk("{\"content\":\"a\"}", "stop"));
    assertThat(told.blocks()).containsExactly("text: a");
    assertThat(told.ended()).isTrue();
  }
}
