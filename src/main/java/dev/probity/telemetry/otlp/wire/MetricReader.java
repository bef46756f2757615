package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.Temporality;
import dev.probity.telemetry.otlp.MetricPoint.Type;
import dev.probity.telemetry.otlp.RecordHandler;
import dev.probity.telemetry.otlp.wire.PointView.Layout;

/** Reads metrics, each down to its data points. */
final class MetricReader {
  private static final int DELTA = 1;

  private final ProtobufFields metric;
  private final ProtobufFields data;
  private final PointView point;

  MetricReader(Body body, ResourceView resource, AttributeReader attributes) {
    metric = new ProtobufFields(body);
    data = new ProtobufFields(body);
    point = new PointView(body, resource, attributes);
  }

  /**
   * Reads the metric that is the current field, twice because its name may stand behind its data.
   *
   * @return how many points it has
   */
  int read(ProtobufFields parent, RecordHandler handler) {
    long name = Slice.EMPTY;
    long unit = Slice.EMPTY;
    metric.open(parent);
    while (metric.next()) {
      switch (metric.number()) {
        case 1 -> name = metric.slice();
        case 3 -> unit = metric.slice();
        default -> {}
      }
    }
    point.metric(name, unit);
    int points = 0;
    metric.open(parent);
    while (metric.next()) {
      points +=
          switch (metric.number()) {
            case 5 -> points(Type.GAUGE, Layout.NUMBER, handler);
            case 7 -> points(Type.SUM, Layout.NUMBER, handler);
            case 9 -> points(Type.HISTOGRAM, Layout.HISTOGRAM, handler);
            case 10 -> points(Type.HISTOGRAM, Layout.EXPONENTIAL_HISTOGRAM, handler);
            case 11 -> points(Type.SUMMARY, Layout.SUMMARY, handler);
            default -> 0;
          };
    }
    return points;
  }

  /** Where no temporality is given, the value is taken for cumulative, which never counts twice. */
  private int points(Type type, Layout layout, RecordHandler handler) {
    Temporality temporality = Temporality.CUMULATIVE;
    boolean monotonic = false;
    data.open(metric);
    while (data.next()) {
      if (data.number() == 2 && (type == Type.SUM || type == Type.HISTOGRAM)) {
        temporality = data.varint() == DELTA ? Temporality.DELTA : Temporality.CUMULATIVE;
      } else if (data.number() == 3 && type == Type.SUM) {
        monotonic = data.varint() != 0;
      }
    }
    point.points(type, layout, temporality, monotonic);
    int points = 0;
    data.open(metric);
    while (data.next()) {
      if (data.number() == 1 && point.read(data)) {
        handler.point(point);
        points++;
      }
    }
    return points;
  }
}
