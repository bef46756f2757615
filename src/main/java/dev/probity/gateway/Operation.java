package dev.probity.gateway;

import java.util.Locale;
import java.util.Optional;

/** What a client asks of a model, one constant an endpoint. */
public enum Operation {
  CHAT_COMPLETION(Dialect.CHAT),
  COMPLETION(Dialect.CHAT),
  EMBEDDING(Dialect.CHAT),
  RESPONSE(Dialect.RESPONSES),
  COUNT_RESPONSE_TOKENS(Dialect.RESPONSES),
  MESSAGE(Dialect.MESSAGES),
  COUNT_MESSAGE_TOKENS(Dialect.MESSAGES),
  GENERATE_CONTENT(Dialect.GEMINI),
  STREAM_GENERATE_CONTENT(Dialect.GEMINI),
  COUNT_TOKENS(Dialect.GEMINI),
  EMBED_CONTENT(Dialect.GEMINI),
  BATCH_EMBED_CONTENTS(Dialect.GEMINI);

  private final Dialect dialect;
  private final String text = name().toLowerCase(Locale.ROOT);

  Operation(Dialect dialect) {
    this.dialect = dialect;
  }

  public Dialect dialect() {
    return dialect;
  }

  public String text() {
    return text;
  }

  /**
   * What does the same in another dialect; empty if nothing does.
   *
   * @param stream whether the answer is wanted as a stream of events
   */
  public Optional<Operation> in(Dialect other, boolean stream) {
    return switch (this) {
      case CHAT_COMPLETION,
          COMPLETION,
          RESPONSE,
          MESSAGE,
          GENERATE_CONTENT,
          STREAM_GENERATE_CONTENT ->
          Optional.of(
              switch (other) {
                case CHAT -> CHAT_COMPLETION;
                case RESPONSES -> RESPONSE;
                case MESSAGES -> MESSAGE;
                case GEMINI -> stream ? STREAM_GENERATE_CONTENT : GENERATE_CONTENT;
              });
      case EMBEDDING, EMBED_CONTENT, BATCH_EMBED_CONTENTS ->
          other == dialect ? Optional.of(this) : embeddingIn(other);
      case COUNT_RESPONSE_TOKENS, COUNT_MESSAGE_TOKENS, COUNT_TOKENS -> countingIn(other);
    };
  }

  private static Optional<Operation> embeddingIn(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> Optional.of(EMBEDDING);
      case GEMINI -> Optional.of(BATCH_EMBED_CONTENTS);
      case RESPONSES, MESSAGES -> Optional.empty();
    };
  }

  private static Optional<Operation> countingIn(Dialect dialect) {
    return switch (dialect) {
      case RESPONSES -> Optional.of(COUNT_RESPONSE_TOKENS);
      case MESSAGES -> Optional.of(COUNT_MESSAGE_TOKENS);
      case GEMINI -> Optional.of(COUNT_TOKENS);
      case CHAT -> Optional.empty();
    };
  }

  /** Counting tokens costs nothing at any provider, so it is logged but never charged. */
  public boolean isFree() {
    return this == COUNT_RESPONSE_TOKENS || this == COUNT_MESSAGE_TOKENS || this == COUNT_TOKENS;
  }
}
