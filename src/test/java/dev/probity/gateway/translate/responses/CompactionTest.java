package dev.probity.gateway.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.compaction.CompactionDocumentEncoder;
import dev.probity.gateway.translate.responses.compaction.Sealing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class CompactionTest {
  private static final String REQUEST =
      """
      {"model":"m","instructions":"You code.","prompt_cache_key":"k","input":[
       {"role":"user","content":"fix it"},
       {"type":"function_call","call_id":"c","name":"run","arguments":"{}"},
       {"type":"function_call_output","call_id":"c","output":"done"},
       {"type":"message","role":"user","content":[
         {"type":"input_text","text":"and \\u00fc"},
         {"type":"input_image","image_url":"https://a.b/c.png"}]}]}
      """;
  private static final String SUMMARY = "It was \"fixed\".\nNext: ü 🙂";

  private static List<AnswerEvent> answered(String text, StopReason reason) {
    return List.of(
        new AnswerEvent.Begun(RawText.EMPTY, RawText.EMPTY),
        new AnswerEvent.BlockBegun(0, AnswerEvent.THOUGHT),
        new AnswerEvent.TextPiece(0, RawText.of("unsaid")),
        new AnswerEvent.BlockEnded(0),
        new AnswerEvent.BlockBegun(1, AnswerEvent.TEXT),
        new AnswerEvent.TextPiece(1, RawText.of(text)),
        new AnswerEvent.BlockEnded(1),
        new AnswerEvent.Stopped(reason, Optional.empty()),
        AnswerEvent.ENDED);
  }

  private static JsonNode compacted(String text, StopReason reason) throws Exception {
    return Responses.tree(
        Responses.written(
            new CompactionDocumentEncoder(Responses.frame(REQUEST, false), Sealing.PLAIN),
            answered(text, reason)));
  }

  @Test
  void prompt_asksForASummary_ofTheConversation() throws Exception {
    Prompt prompt =
        new CompactionPrompt(ResponsesRequestDecoder.INSTANCE)
            .decode(RawJson.of(REQUEST), new Losses());
    assertThat(prompt.turns()).hasSize(5);
    assertThat(prompt.turns().getLast().role()).isEqualTo(Role.USER);
    assertThat(prompt.instructions()).containsExactly(Part.Text.of(RawText.of("You code.")));
    assertThat(prompt.toolChoice().mode()).isEqualTo(ToolChoice.Mode.NONE);
    assertThat(prompt.tools()).hasSize(1);
  }

  @Test
  void nothing_cannotBeCompacted() {
    assertThatThrownBy(() ->
            new CompactionPrompt(ResponsesRequestDecoder.INSTANCE)
                .decode(RawJson.of("{\"input\":[]}"), new Losses()))
        .isInstanceOf(Untranslatable.class);
  }

  @Test
  void answer_keepsTheUsersWords_andSealsTheSummary() throws Exception {
    JsonNode compacted = compacted(SUMMARY, StopReason.END);
    assertThat(compacted.path("object").asString()).isEqualTo("response.compaction");
    assertThat(compacted.path("id").asString()).startsWith("resp_");
    assertThat(compacted.at("/usage/total_tokens").asLong()).isEqualTo(150);
    JsonNode output = compacted.path("output");
    assertThat(output).hasSize(3);
    assertThat(output.at("/0/content/0"))
        .isEqualTo(Responses.tree("{\"type\":\"input_text\",\"text\":\"fix it\"}"));
    assertThat(output.at("/1/content/1/image_url").asString()).isEqualTo("https://a.b/c.png");
    assertThat(output.at("/2/type").asString()).isEqualTo("compaction");
    assertThat(output.at("/2/encrypted_content").asString()).doesNotContain("fixed");
  }

  @Test
  void compactedConversation_goesOn() throws Exception {
    String output = compacted(SUMMARY, StopReason.END).path("output").toString();
    Prompt prompt = Responses.decode("{\"input\":" + output + "}");
    assertThat(prompt.turns()).hasSize(3).allMatch(turn -> turn.role() == Role.USER);
    Part.Text told = (Part.Text) prompt.turns().getLast().parts().getFirst();
    assertThat(told.text().plain()).endsWith(SUMMARY);
  }

  @Test
  void summary_sealedByAnother_isNotOpened() throws Exception {
    Sealing other =
        new Sealing() {
          @Override
          public String seal(String summary) {
            return "sealed";
          }

          @Override
          public Optional<String> open(String sealed) {
            return sealed.equals("sealed") ? Optional.of("inside") : Optional.empty();
          }
        };
    String item =
        "{\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"%s\"}]}"
            .formatted(other.envelope("inside"));
    assertThat(new ResponsesRequestDecoder(other).decode(RawJson.of(item), new Losses()).turns())
        .hasSize(1);
    String ours = item.replace("sealed", Sealing.PLAIN.seal("x"));
    assertThatThrownBy(
            () -> new ResponsesRequestDecoder(other).decode(RawJson.of(ours), new Losses()))
        .isInstanceOf(Untranslatable.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = StopReason.class,
      names = {"MAX_TOKENS", "CONTEXT_FULL", "DECLINED"})
  void halfASummary_isNone(StopReason reason) {
    assertThatThrownBy(() -> compacted(SUMMARY, reason)).isInstanceOf(Untranslatable.class);
    assertThatThrownBy(() -> compacted("", StopReason.END)).isInstanceOf(Untranslatable.class);
  }
}
