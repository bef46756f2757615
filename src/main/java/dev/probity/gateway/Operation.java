package dev.probity.gateway;

import java.util.Locale;

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

  /** Counting tokens costs nothing at any provider, so it is logged but never charged. */
  public boolean isFree() {
    return this == COUNT_MESSAGE_TOKENS || this == COUNT_TOKENS;
  }
}
