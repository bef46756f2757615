package dev.probity.gateway;

import java.util.Locale;

/** How an exchange ended. */
public enum Outcome {
  /** The provider's whole answer reached the client, whatever it said. */
  COMPLETED,
  /** Probity refused it; nothing was sent to a provider. */
  REFUSED,
  /** The client went away before the answer was whole. */
  CANCELLED,
  /** No provider could be reached, or none answered in time, before the answer began. */
  UPSTREAM_FAILED,
  /** The answer began and then broke off, stalled, or turned into an error. */
  BROKEN;

  private final String text = name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }
}
