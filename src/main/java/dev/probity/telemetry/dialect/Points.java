package dev.probity.telemetry.dialect;

import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Temporality;
import dev.probity.telemetry.otlp.MetricPoint;

/** Turns a metric's point into a reading of what it counts, or into nothing new. */
final class Points {
  static final double NANO_PER_USD = 1e9;
  static final double NANO_PER_MICRO_USD = 1e3;
  static final double MILLIS_PER_SECOND = 1e3;

  private static final double MOST = 1e17;

  private Points() {}

  /** A count of things that cost nothing by themselves. */
  static void count(MetricPoint point, Measure measure, SessionFacts facts, Findings findings) {
    reading(point, measure, 1, Tariff.NONE, facts, findings);
  }

  /** Tokens, in whole numbers. */
  static void tokens(
      MetricPoint point, Measure measure, Tariff tariff, SessionFacts facts, Findings findings) {
    reading(point, measure, 1, tariff, facts, findings);
  }

  /**
   * What is given in another unit than the measure's.
   *
   * @param factor units of the measure in one of the point's
   */
  static void reading(
      MetricPoint point,
      Measure measure,
      double factor,
      Tariff tariff,
      SessionFacts facts,
      Findings findings) {
    double value = point.value() * factor;
    if (!isCounted(point, value)) {
      findings.ignored(facts);
      return;
    }
    Reading reading =
        new Reading(
            point.fingerprint(),
            point.series(),
            measure,
            tariff.model(),
            tariff.tier(),
            point.temporality(),
            Numbers.millis(point.startNanos()),
            Numbers.millis(point.timeNanos()),
            Math.round(value));
    findings.reading(facts, reading, tariff.provider());
  }

  /** A gauge counts nothing; an interval in which nothing happened says nothing. */
  private static boolean isCounted(MetricPoint point, double value) {
    boolean counts =
        point.type() == MetricPoint.Type.SUM || point.type() == MetricPoint.Type.HISTOGRAM;
    return counts
        && value >= 0
        && value <= MOST
        && (value > 0 || point.temporality() == Temporality.CUMULATIVE);
  }
}
