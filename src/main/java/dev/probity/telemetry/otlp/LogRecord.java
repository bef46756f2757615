package dev.probity.telemetry.otlp;

/** One log record. A view that is used again for the next record. */
public interface LogRecord {
  Resource resource();

  Attributes attributes();

  /** Nanoseconds since 1970; 0 if it was not given. */
  long timeNanos();

  long observedTimeNanos();

  /** The event's name where it has a field of its own; empty if not given. */
  String eventName();

  /**
   * A body that is a short text without blanks, such as {@code claude_code.api_request}; any other
   * body is content and is never read: empty.
   */
  String bodyWord();

  /** Severity number as OpenTelemetry counts; 0 if not given. */
  int severity();

  /** Trace and span id in lower-case hexadecimal; empty if not given. */
  String traceId();

  String spanId();

  /** 64 bits of a hash of the record as it came, with its resource. */
  long fingerprint();
}
