package dev.probity.telemetry.otlp;

import dev.probity.telemetry.Temporality;

/**
 * One data point of a metric. Of a histogram the sum is the value; a summary's likewise. A view
 * that is used again for the next point.
 */
public interface MetricPoint {
  /** What kind of metric the point is of. */
  enum Type {
    SUM,
    GAUGE,
    HISTOGRAM,
    SUMMARY
  }

  Resource resource();

  Attributes attributes();

  /** The metric's name. */
  String name();

  String unit();

  Type type();

  Temporality temporality();

  boolean monotonic();

  /** Nanoseconds since 1970; 0 if it was not given. */
  long startNanos();

  long timeNanos();

  /** The value, or the sum of a histogram; 0 if the sum was left out. */
  double value();

  /** Observations of a histogram; 1 for others. */
  long count();

  /** 64 bits of a hash of the point as it came, with its resource. */
  long fingerprint();

  /**
   * 64 bits of a hash of resource, scope, metric name and all attributes, whatever their order and
   * whether they are on the list or not.
   */
  long series();
}
