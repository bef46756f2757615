package dev.probity.pricing;

import java.util.Locale;
import java.util.Optional;

/** A kind of upstream. Written in lower case with dashes. */
public enum Provider {
  OPENAI,
  ANTHROPIC,
  GEMINI,
  AZURE_OPENAI,
  OPENAI_COMPATIBLE,
  SIMULATED;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name as configuration and API write it, such as {@code azure-openai}. */
  public String text() {
    return text;
  }

  public static Optional<Provider> parse(String text) {
    for (Provider provider : values()) {
      if (provider.text.equals(text)) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }
}
