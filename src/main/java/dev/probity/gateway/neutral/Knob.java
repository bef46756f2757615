package dev.probity.gateway.neutral;

/** A member of a request that is carried over as it is, if the other dialect has it. */
public enum Knob {
  /** Most tokens of the answer, thought included. A whole number. */
  MAX_TOKENS,
  TEMPERATURE,
  TOP_P,
  TOP_K,
  /** An array of strings. */
  STOP,
  SEED,
  PRESENCE_PENALTY,
  FREQUENCY_PENALTY,
  /** True or false. */
  LOGPROBS,
  TOP_LOGPROBS,
  LOGIT_BIAS,
  /** How many answers; decoders leave out 1. */
  CANDIDATES,
  /** {@code auto}, {@code default}, {@code flex}, {@code priority}, as OpenAI calls them. */
  SERVICE_TIER,
  /** Who the end user is, as a string. */
  END_USER,
  /** An object of strings. */
  METADATA,
  /** Whether the provider may keep the answer. */
  STORE,
  /** Which requests share a prompt cache; a string. */
  CACHE_KEY,
  /** How wordy the answer is to be: {@code low}, {@code medium}, {@code high}. */
  VERBOSITY,
  /** What the answer is expected to be like (chat's {@code prediction}). */
  PREDICTION,
  /** {@code ["text","audio"]} */
  MODALITIES,
  /** Gemini's {@code safetySettings}. */
  SAFETY_SETTINGS,
  /** Gemini's {@code cachedContent}; a string. */
  CACHED_CONTENT
}
