package dev.probity.telemetry.otlp;

/** Told of each record of an export, in the order of the wire. Views are only good for the call. */
public interface RecordHandler {
  void log(LogRecord record);

  void span(Span span);

  void point(MetricPoint point);
}
