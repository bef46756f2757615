package dev.probity.telemetry.intake;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import dev.probity.telemetry.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts exports by signal and outcome: no label has more than a few values. */
public final class IntakeMetrics {
  static final String ACCEPTED = "accepted";

  /** The labels of every metric of the intake. */
  @StoredIn("metrics.telemetry")
  public record Labels(
      @DataField(
              value = "signal",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.NOBODY,
              retention = Retention.TRANSIT,
              protection = Protection.NONE)
          Signal signal,
      @DataField(
              value = "outcome",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.NOBODY,
              retention = Retention.TRANSIT,
              protection = Protection.NONE)
          String outcome) {}

  private record Meters(Counter exports, Counter bytes, Counter records, Counter rejected) {}

  private final MeterRegistry registry;
  private final Map<Labels, Meters> meters = new ConcurrentHashMap<>();

  IntakeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts an export.
   *
   * @param bytes as they came
   */
  void count(Signal signal, String outcome, long bytes, long records, long rejected) {
    Meters each = meters.computeIfAbsent(new Labels(signal, outcome), this::create);
    each.exports.increment();
    each.bytes.increment(bytes);
    each.records.increment(records);
    each.rejected.increment(rejected);
  }

  private Meters create(Labels labels) {
    String[] tags = {
      "signal", labels.signal().name().toLowerCase(Locale.ROOT), "outcome", labels.outcome()
    };
    return new Meters(
        counter("probity.telemetry.exports", "Exports of agents.", tags),
        counter("probity.telemetry.bytes", "Bytes of exports, as they came.", tags),
        counter("probity.telemetry.records", "Log records, spans and data points.", tags),
        counter("probity.telemetry.rejected", "Records that could not be understood.", tags));
  }

  private Counter counter(String name, String description, String[] tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
