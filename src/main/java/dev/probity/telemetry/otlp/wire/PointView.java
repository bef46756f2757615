package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.Temporality;
import dev.probity.telemetry.otlp.MetricPoint;

/** The data point that is being read, and the metric that it is of. */
final class PointView extends RecordView implements MetricPoint {
  private static final int NO_RECORDED_VALUE = 1;

  /** Which fields hold what in a kind of data point. */
  enum Layout {
    NUMBER(7, 8),
    HISTOGRAM(9, 10),
    EXPONENTIAL_HISTOGRAM(1, 10),
    SUMMARY(7, 8);

    private final int attributes;
    private final int flags;

    Layout(int attributes, int flags) {
      this.attributes = attributes;
      this.flags = flags;
    }
  }

  private long name;
  private long unit;
  private Type type = Type.GAUGE;
  private Temporality temporality = Temporality.CUMULATIVE;
  private boolean monotonic;
  private Layout layout = Layout.NUMBER;
  private long startNanos;
  private long timeNanos;
  private double value;
  private long count;
  private boolean recorded;

  PointView(Body body, ResourceView resource, AttributeReader attributes) {
    super(body, resource, attributes);
  }

  /** Begins another metric. */
  void metric(long nameSlice, long unitSlice) {
    name = nameSlice;
    unit = unitSlice;
  }

  /** Begins the metric's points. */
  void points(Type newType, Layout newLayout, Temporality newTemporality, boolean isMonotonic) {
    type = newType;
    layout = newLayout;
    temporality = newTemporality;
    monotonic = isMonotonic;
  }

  /**
   * Reads the data point that is the current field.
   *
   * @return whether it has a value: one that only says that none was recorded is no point
   */
  boolean read(ProtobufFields parent) {
    open(parent);
    startNanos = 0;
    timeNanos = 0;
    value = 0;
    count = layout == Layout.NUMBER ? 1 : 0;
    recorded = true;
    while (fields.next()) {
      int number = fields.number();
      if (number == layout.attributes) {
        attributes.read(fields, slots);
      } else if (number == layout.flags) {
        recorded = (fields.varint() & NO_RECORDED_VALUE) == 0;
      } else if (number == 2) {
        startNanos = fields.fixed64();
      } else if (number == 3) {
        timeNanos = fields.fixed64();
      } else if (layout == Layout.NUMBER) {
        readNumber(number);
      } else {
        readDistribution(number);
      }
    }
    return recorded;
  }

  private void readNumber(int number) {
    switch (number) {
      case 4 -> value = fields.decimal();
      case 6 -> value = fields.fixed64();
      default -> {}
    }
  }

  private void readDistribution(int number) {
    switch (number) {
      case 4 -> count = fields.fixed64();
      case 5 -> value = fields.decimal();
      default -> {}
    }
  }

  @Override
  public String name() {
    return body.text(name);
  }

  @Override
  public String unit() {
    return body.text(unit);
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Temporality temporality() {
    return temporality;
  }

  @Override
  public boolean monotonic() {
    return monotonic;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long timeNanos() {
    return timeNanos;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long series() {
    long sum = 0;
    fields.open(whole());
    while (fields.next()) {
      if (fields.number() == layout.attributes) {
        sum += body.hash(fields.slice());
      }
    }
    return XxHash64.mix(XxHash64.mix(resource.fingerprint(), body.hash(name)), sum);
  }
}
