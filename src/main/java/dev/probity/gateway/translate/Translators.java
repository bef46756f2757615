package dev.probity.gateway.translate;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.translate.chat.ChatDocumentDecoder;
import dev.probity.gateway.translate.chat.ChatDocumentEncoder;
import dev.probity.gateway.translate.chat.ChatEventDecoder;
import dev.probity.gateway.translate.chat.ChatEventEncoder;
import dev.probity.gateway.translate.chat.ChatRequestDecoder;
import dev.probity.gateway.translate.chat.ChatRequestEncoder;
import dev.probity.gateway.translate.completion.CompletionDocumentEncoder;
import dev.probity.gateway.translate.completion.CompletionEventEncoder;
import dev.probity.gateway.translate.completion.CompletionRequestDecoder;
import dev.probity.gateway.translate.counting.CountTranslation;
import dev.probity.gateway.translate.embedding.EmbeddingTranslation;
import dev.probity.gateway.translate.gemini.GeminiDocumentDecoder;
import dev.probity.gateway.translate.gemini.GeminiDocumentEncoder;
import dev.probity.gateway.translate.gemini.GeminiEventDecoder;
import dev.probity.gateway.translate.gemini.GeminiEventEncoder;
import dev.probity.gateway.translate.gemini.GeminiRequestDecoder;
import dev.probity.gateway.translate.gemini.GeminiRequestEncoder;
import dev.probity.gateway.translate.messages.MessagesDocumentDecoder;
import dev.probity.gateway.translate.messages.MessagesDocumentEncoder;
import dev.probity.gateway.translate.messages.MessagesEventDecoder;
import dev.probity.gateway.translate.messages.MessagesEventEncoder;
import dev.probity.gateway.translate.messages.MessagesRequestDecoder;
import dev.probity.gateway.translate.messages.MessagesRequestEncoder;
import dev.probity.gateway.translate.responses.CompactionPrompt;
import dev.probity.gateway.translate.responses.ResponsesDocumentDecoder;
import dev.probity.gateway.translate.responses.ResponsesDocumentEncoder;
import dev.probity.gateway.translate.responses.ResponsesEventDecoder;
import dev.probity.gateway.translate.responses.ResponsesEventEncoder;
import dev.probity.gateway.translate.responses.ResponsesRequestDecoder;
import dev.probity.gateway.translate.responses.ResponsesRequestEncoder;
import dev.probity.gateway.translate.responses.compaction.CompactionDocumentEncoder;
import dev.probity.gateway.translate.responses.compaction.Sealing;
import dev.probity.kernel.ExchangeId;

/** Who translates what. */
public final class Translators {
  private Translators() {}

  /**
   * What a client asked for.
   *
   * @param body a well-formed object in an array of its own
   * @param model as the client called it
   * @param stream whether it wants a stream of events
   * @param sealing closes and opens summaries of conversations
   */
  public record Asked(
      ExchangeId id,
      Operation operation,
      RawJson body,
      RawText model,
      boolean stream,
      long createdSeconds,
      Sealing sealing) {
    /** Whose summaries are only wrapped. */
    public Asked(
        ExchangeId id,
        Operation operation,
        RawJson body,
        RawText model,
        boolean stream,
        long createdSeconds) {
      this(id, operation, body, model, stream, createdSeconds, Sealing.PLAIN);
    }
  }

  /** A call of an operation that has an equivalent elsewhere ({@link Operation#in}). */
  public static CallTranslation of(Asked asked) {
    return switch (asked.operation()) {
      case EMBEDDING, EMBED_CONTENT, BATCH_EMBED_CONTENTS -> new EmbeddingTranslation(asked);
      case COUNT_RESPONSE_TOKENS, COUNT_MESSAGE_TOKENS, COUNT_TOKENS -> new CountTranslation(asked);
      case CHAT_COMPLETION,
          COMPLETION,
          RESPONSE,
          COMPACT_RESPONSE,
          MESSAGE,
          GENERATE_CONTENT,
          STREAM_GENERATE_CONTENT ->
          new PromptTranslation(asked);
      default ->
          throw new IllegalArgumentException(
              "operation: " + asked.operation() + " (expected: one that is translated)");
    };
  }

  public static RequestDecoder requestDecoder(Operation asked) {
    if (asked == Operation.COMPLETION) {
      return CompletionRequestDecoder.INSTANCE;
    }
    return switch (asked.dialect()) {
      case CHAT -> ChatRequestDecoder.INSTANCE;
      case RESPONSES -> ResponsesRequestDecoder.INSTANCE;
      case MESSAGES -> MessagesRequestDecoder.INSTANCE;
      case GEMINI ->
          asked == Operation.COUNT_TOKENS
              ? GeminiRequestDecoder.OF_FRAGMENTS
              : GeminiRequestDecoder.INSTANCE;
    };
  }

  static RequestDecoder requestDecoder(Asked asked) {
    return switch (asked.operation()) {
      case RESPONSE -> new ResponsesRequestDecoder(asked.sealing());
      case COMPACT_RESPONSE -> new CompactionPrompt(new ResponsesRequestDecoder(asked.sealing()));
      default -> requestDecoder(asked.operation());
    };
  }

  static AnswerEncoder answerEncoder(Asked asked, AnswerFrame frame) {
    return asked.operation() == Operation.COMPACT_RESPONSE
        ? new CompactionDocumentEncoder(frame, asked.sealing())
        : answerEncoder(frame);
  }

  public static RequestEncoder requestEncoder(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> ChatRequestEncoder.INSTANCE;
      case RESPONSES -> ResponsesRequestEncoder.INSTANCE;
      case MESSAGES -> MessagesRequestEncoder.INSTANCE;
      case GEMINI -> GeminiRequestEncoder.INSTANCE;
    };
  }

  /** Reads an answer in the provider's dialect. */
  public static AnswerDecoder answerDecoder(Dialect dialect, boolean eventStream) {
    return switch (dialect) {
      case CHAT -> eventStream ? new ChatEventDecoder() : new ChatDocumentDecoder();
      case RESPONSES -> eventStream ? new ResponsesEventDecoder() : new ResponsesDocumentDecoder();
      case MESSAGES -> eventStream ? new MessagesEventDecoder() : new MessagesDocumentDecoder();
      case GEMINI -> eventStream ? new GeminiEventDecoder() : new GeminiDocumentDecoder();
    };
  }

  /** Writes the answer in the client's dialect. */
  public static AnswerEncoder answerEncoder(AnswerFrame frame) {
    boolean stream = frame.stream();
    if (frame.asked() == Operation.COMPLETION) {
      return stream ? new CompletionEventEncoder(frame) : new CompletionDocumentEncoder(frame);
    }
    return switch (frame.asked().dialect()) {
      case CHAT -> stream ? new ChatEventEncoder(frame) : new ChatDocumentEncoder(frame);
      case RESPONSES ->
          stream ? new ResponsesEventEncoder(frame) : new ResponsesDocumentEncoder(frame);
      case MESSAGES ->
          stream ? new MessagesEventEncoder(frame) : new MessagesDocumentEncoder(frame);
      case GEMINI -> stream ? new GeminiEventEncoder(frame) : new GeminiDocumentEncoder(frame);
    };
  }
}
