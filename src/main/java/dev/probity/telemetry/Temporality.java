package dev.probity.telemetry;

/** What a metric's value counts. The ordinals are stored: only append. */
public enum Temporality {
  /** What came since the last report. */
  DELTA,
  /** Everything since the series began. */
  CUMULATIVE
}
