package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.translate.responses.output.ResponseAssembly;

/** Writes streamed answers for clients of OpenAI's responses. */
public final class ResponsesEventEncoder implements AnswerEncoder {
  private final ResponseAssembly assembly;

  public ResponsesEventEncoder(AnswerFrame frame) {
    this.assembly = new ResponseAssembly(frame, true);
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) {
    assembly.accept(event, out);
  }
}
