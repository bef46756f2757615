package dev.probity.telemetry.dialect;

import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;

/**
 * How one agent reports. Stateless: a record is understood from itself and its resource alone, so
 * that exports may come in any order and on any node.
 */
public interface Dialect {
  /** Whether a resource (and scope) is this agent's. */
  boolean speaks(Resource resource);

  void log(LogRecord record, Findings findings);

  void span(Span span, Findings findings);

  void point(MetricPoint point, Findings findings);
}
