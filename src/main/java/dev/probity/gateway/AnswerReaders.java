package dev.probity.gateway;

import dev.probity.gateway.answer.AnswerDocument;
import dev.probity.gateway.answer.AnswerEvents;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.answer.DocumentReader;
import dev.probity.gateway.answer.EventStreamReader;
import dev.probity.gateway.anthropic.MessagesDocument;
import dev.probity.gateway.anthropic.MessagesEvents;
import dev.probity.gateway.gemini.GeminiDocument;
import dev.probity.gateway.gemini.GeminiEvents;
import dev.probity.gateway.openai.ChatDocument;
import dev.probity.gateway.openai.ChatEvents;
import dev.probity.gateway.openai.ResponsesDocument;
import dev.probity.gateway.openai.ResponsesEvents;
import dev.probity.gateway.passthrough.PassThroughDocument;
import dev.probity.gateway.passthrough.PassThroughEvents;

/** Makes the reader for an answer. */
public final class AnswerReaders {
  private AnswerReaders() {}

  /**
   * A reader for one answer.
   *
   * @param eventStream whether the answer is a stream of events, as its content type says
   */
  public static AnswerReader forOperation(Operation operation, boolean eventStream) {
    if (operation.isPassThrough()) {
      return eventStream
          ? new EventStreamReader(new PassThroughEvents())
          : new DocumentReader(new PassThroughDocument());
    }
    return eventStream
        ? new EventStreamReader(events(operation.dialect()))
        : new DocumentReader(document(operation.dialect()));
  }

  private static AnswerEvents events(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> new ChatEvents();
      case RESPONSES -> new ResponsesEvents();
      case MESSAGES -> new MessagesEvents();
      case GEMINI -> new GeminiEvents();
    };
  }

  private static AnswerDocument document(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> new ChatDocument();
      case RESPONSES -> new ResponsesDocument();
      case MESSAGES -> new MessagesDocument();
      case GEMINI -> new GeminiDocument();
    };
  }
}
