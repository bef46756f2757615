package dev.probity.gateway;

import dev.probity.gateway.anthropic.MessagesRequestReader;
import dev.probity.gateway.gemini.GeminiRequestReader;
import dev.probity.gateway.openai.ChatRequestReader;
import dev.probity.gateway.openai.ResponsesRequestReader;
import dev.probity.gateway.passthrough.PassThroughReader;
import dev.probity.gateway.request.RequestReader;
import java.util.EnumMap;
import java.util.Map;

/** The request readers of one event loop, by operation. */
public final class RequestReaders {
  private final Map<Operation, RequestReader> readers = new EnumMap<>(Operation.class);

  /**
   * @param maxDepth how deep a request's JSON may nest
   */
  public RequestReaders(int maxDepth) {
    for (Operation operation : Operation.values()) {
      readers.put(operation, make(operation, maxDepth));
    }
  }

  public RequestReader forOperation(Operation operation) {
    RequestReader reader = readers.get(operation);
    if (reader == null) {
      throw new IllegalArgumentException("operation: " + operation + " (expected: one known)");
    }
    return reader;
  }

  private static RequestReader make(Operation operation, int maxDepth) {
    return switch (operation) {
      case CHAT_COMPLETION, COMPLETION -> new ChatRequestReader(maxDepth, true);
      case EMBEDDING -> new ChatRequestReader(maxDepth, false);
      case RESPONSE, COUNT_RESPONSE_TOKENS -> new ResponsesRequestReader(maxDepth);
      case MESSAGE -> new MessagesRequestReader(maxDepth, true);
      case COUNT_MESSAGE_TOKENS -> new MessagesRequestReader(maxDepth, false);
      case STREAM_GENERATE_CONTENT -> new GeminiRequestReader(maxDepth, true);
      case GENERATE_CONTENT, COUNT_TOKENS, EMBED_CONTENT, BATCH_EMBED_CONTENTS ->
          new GeminiRequestReader(maxDepth, false);
      default -> body -> PassThroughReader.read("application/json", body, maxDepth);
    };
  }
}
