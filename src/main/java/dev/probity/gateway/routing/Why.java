package dev.probity.gateway.routing;

import java.util.Locale;

/** Why a deployment was the first to be tried. */
enum Why {
  /** Nobody else is configured, or could serve this request. */
  ONLY_CANDIDATE,
  /** Nobody else of those to be tried first is well. */
  ONLY_READY,
  /** It made the answer that this request goes on from. */
  PREVIOUS_RESPONSE,
  /** It served this session before: its prompt cache is likely warm. */
  SESSION_CACHE,
  /** It served a prompt that begins like this one before. */
  PREFIX_CACHE,
  WEIGHTED,
  FASTEST,
  CHEAPEST,
  ORDER,
  /** None is well; this one is likely to be the first to be well again. */
  LEAST_BAD;

  private final String text = name().toLowerCase(Locale.ROOT);

  String text() {
    return text;
  }
}
