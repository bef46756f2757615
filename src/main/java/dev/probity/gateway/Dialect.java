package dev.probity.gateway;

import java.util.Locale;

/** A wire format that clients and providers speak. */
public enum Dialect {
  /**
   * OpenAI's chat completions, and its older completions and embeddings, which share credentials
   * and error shape.
   */
  CHAT,
  /** OpenAI's responses. */
  RESPONSES,
  /** Anthropic's messages. */
  MESSAGES,
  /** Google's generateContent family. */
  GEMINI;

  private final String text = name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }
}
