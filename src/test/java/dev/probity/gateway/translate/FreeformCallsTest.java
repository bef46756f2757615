package dev.probity.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Operation;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.BlockBegun;
import dev.probity.gateway.neutral.AnswerEvent.BlockEnded;
import dev.probity.gateway.neutral.AnswerEvent.InputPiece;
import dev.probity.gateway.neutral.AnswerEvent.ToolCall;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FreeformCallsTest {
  private static final String REQUEST =
      "{\"model\":\"m\",\"input\":\"go\",\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\"}]}";

  private final List<AnswerEvent> heard = new ArrayList<>();

  private Consumer<AnswerEvent> calls() throws Exception {
    Prompt prompt =
        Translators.requestDecoder(Operation.RESPONSE).decode(RawJson.of(REQUEST), new Losses());
    return FreeformCalls.before(heard::add, prompt);
  }

  private void say(String name, String... pieces) throws Exception {
    Consumer<AnswerEvent> calls = calls();
    calls.accept(new BlockBegun(0, new ToolCall(RawText.of("c"), RawText.of(name), false)));
    for (String piece : pieces) {
      calls.accept(new InputPiece(0, RawText.of(piece)));
    }
    calls.accept(new BlockEnded(0));
  }

  private static ToolCall call(AnswerEvent event) {
    return (ToolCall) ((BlockBegun) event).kind();
  }

  @Test
  void theText_isTakenOutOfItsObject() throws Exception {
    say("apply_patch", "{\"in", "put\":\"*** Begin \\\"x\\\"\\nü\"}");
    assertThat(call(heard.getFirst()).freeform()).isTrue();
    assertThat(heard).hasSize(3);
    assertThat(((InputPiece) heard.get(1)).text().plain()).isEqualTo("*** Begin \"x\"\nü");
  }

  @Test
  void whatIsNoSuchObject_goesOnAsItIs() throws Exception {
    say("apply_patch", "{\"input\":", "\"cut");
    assertThat(((InputPiece) heard.get(1)).text().plain()).isEqualTo("{\"input\":\"cut");
    heard.clear();
    say("apply_patch", "{\"input\":\"a\",\"more\":1}");
    assertThat(((InputPiece) heard.get(1)).text().plain())
        .isEqualTo("{\"input\":\"a\",\"more\":1}");
  }

  @Test
  void otherTools_areLeftAlone() throws Exception {
    say("shell", "{\"input\":\"x\"}");
    assertThat(call(heard.getFirst()).freeform()).isFalse();
    assertThat(((InputPiece) heard.get(1)).text().plain()).isEqualTo("{\"input\":\"x\"}");
  }
}
