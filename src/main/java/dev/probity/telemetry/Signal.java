package dev.probity.telemetry;

/** On which of OpenTelemetry's signals something came. The ordinals are stored: only append. */
public enum Signal {
  LOG,
  SPAN,
  METRIC
}
