package dev.probity.kernel;

/** Where an exchange's usage comes from. */
public enum UsageSource {
  /** There was none: nothing was sent to a model, or the provider refused. */
  NONE,
  /** The provider said so in its answer. */
  PROVIDER,
  /**
   * Counted by us from the bytes that passed, because the answer broke off before the provider
   * said.
   */
  ESTIMATED,
  /** The provider said so after the client had gone: the rest of the answer was read for it. */
  DRAINED,
  /** An agent reported it. */
  REPORTED
}
