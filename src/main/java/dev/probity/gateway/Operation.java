package dev.probity.gateway;

import java.util.Locale;
import java.util.Optional;

/** What a client asks of a model, one constant an endpoint. */
public enum Operation {
  CHAT_COMPLETION(Dialect.CHAT),
  COMPLETION(Dialect.CHAT),
  EMBEDDING(Dialect.CHAT),
  RESPONSE(Dialect.RESPONSES),
  MESSAGE(Dialect.MESSAGES),
  COUNT_MESSAGE_TOKENS(Dialect.MESSAGES),
  GENERATE_CONTENT(Dialect.GEMINI),
  STREAM_GENERATE_CONTENT(Dialect.GEMINI),
  COUNT_TOKENS(Dialect.GEMINI),
  EMBED_CONTENT(Dialect.GEMINI),
  BATCH_EMBED_CONTENTS(Dialect.GEMINI),

  // From here on: passed through as they are.
  IMAGE_GENERATION(Dialect.CHAT, Kind.PASSED),
  IMAGE_EDIT(Dialect.CHAT, Kind.PASSED),
  IMAGE_VARIATION(Dialect.CHAT, Kind.PASSED),
  SPEECH(Dialect.CHAT, Kind.PASSED),
  TRANSCRIPTION(Dialect.CHAT, Kind.PASSED),
  AUDIO_TRANSLATION(Dialect.CHAT, Kind.PASSED),
  MODERATION(Dialect.CHAT, Kind.PASSED),
  RERANK(Dialect.CHAT, Kind.PASSED),
  FILE(Dialect.CHAT, Kind.KEPT),
  BATCH(Dialect.CHAT, Kind.PASSED),
  KEPT_BATCH(Dialect.CHAT, Kind.KEPT),
  KEPT_RESPONSE(Dialect.RESPONSES, Kind.KEPT),
  COMPACT_RESPONSE(Dialect.RESPONSES, Kind.PASSED),
  MESSAGE_FILE(Dialect.MESSAGES, Kind.KEPT),
  MESSAGE_BATCH(Dialect.MESSAGES, Kind.PASSED),
  KEPT_MESSAGE_BATCH(Dialect.MESSAGES, Kind.KEPT),
  GEMINI_FILE(Dialect.GEMINI, Kind.KEPT),
  GEMINI_BATCH(Dialect.GEMINI, Kind.PASSED),
  KEPT_GEMINI_BATCH(Dialect.GEMINI, Kind.KEPT),

  // The journal writes their places in this list, so new ones come last.
  COUNT_RESPONSE_TOKENS(Dialect.RESPONSES);

  private enum Kind {
    /** Read, and translated where that is asked for. */
    READ,
    /** Passed through. */
    PASSED,
    /** Passed through, and no use of a model: asks for, or changes, what a provider keeps. */
    KEPT
  }

  private final Dialect dialect;
  private final String text = name().toLowerCase(Locale.ROOT);

  private final Kind kind;

  Operation(Dialect dialect) {
    this(dialect, Kind.READ);
  }

  Operation(Dialect dialect, Kind kind) {
    this.dialect = dialect;
    this.kind = kind;
  }

  /**
   * Whether requests and answers go on as they are, at the client's own path: of the request only
   * the model is looked for, and of the answer the usage.
   */
  public boolean isPassThrough() {
    return kind != Kind.READ;
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
      // Who can't compact can still be asked for a summary.
      case COMPACT_RESPONSE ->
          other == dialect ? Optional.of(this) : CHAT_COMPLETION.in(other, stream);
      case EMBEDDING, EMBED_CONTENT, BATCH_EMBED_CONTENTS ->
          other == dialect ? Optional.of(this) : embeddingIn(other);
      case COUNT_RESPONSE_TOKENS, COUNT_MESSAGE_TOKENS, COUNT_TOKENS -> countingIn(other);
      default -> other == dialect ? Optional.of(this) : Optional.empty();
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

  /**
   * Counting tokens, and looking at what is kept, costs nothing at any provider, so it is logged
   * but never charged.
   */
  public boolean isFree() {
    return this == COUNT_RESPONSE_TOKENS
        || this == COUNT_MESSAGE_TOKENS
        || this == COUNT_TOKENS
        || kind == Kind.KEPT;
  }
}
