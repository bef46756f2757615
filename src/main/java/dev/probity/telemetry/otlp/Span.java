package dev.probity.telemetry.otlp;

/** One span. A view that is used again for the next span. */
public interface Span {
  Resource resource();

  Attributes attributes();

  /** The name, if it is a short one without blanks; otherwise empty. */
  String name();

  /** In lower-case hexadecimal; empty if not given. */
  String traceId();

  String spanId();

  String parentSpanId();

  /** Nanoseconds since 1970; 0 if it was not given. */
  long startNanos();

  long endNanos();

  /** Whether its status is an error. */
  boolean failed();

  /** 64 bits of a hash of the span as it came, with its resource. */
  long fingerprint();
}
