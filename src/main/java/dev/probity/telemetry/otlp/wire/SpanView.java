package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.Span;

/** The span that is being read. */
final class SpanView extends RecordView implements Span {
  private static final int STATUS_ERROR = 2;

  private final ProtobufFields status;
  private long name;
  private long traceId;
  private long spanId;
  private long parentSpanId;
  private long startNanos;
  private long endNanos;
  private boolean failed;

  SpanView(Body body, ResourceView resource, AttributeReader attributes) {
    super(body, resource, attributes);
    status = new ProtobufFields(body);
  }

  /** Reads the span that is the current field. */
  void read(ProtobufFields parent) {
    open(parent);
    traceId = Slice.EMPTY;
    spanId = Slice.EMPTY;
    parentSpanId = Slice.EMPTY;
    startNanos = 0;
    endNanos = 0;
    failed = false;
    long anyName = Slice.EMPTY;
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> traceId = fields.slice();
        case 2 -> spanId = fields.slice();
        case 4 -> parentSpanId = fields.slice();
        case 5 -> anyName = fields.slice();
        case 7 -> startNanos = fields.fixed64();
        case 8 -> endNanos = fields.fixed64();
        case 9 -> attributes.read(fields, slots);
        case 15 -> readStatus();
        default -> {}
      }
    }
    name = wordOf(anyName);
  }

  private void readStatus() {
    status.open(fields);
    while (status.next()) {
      if (status.number() == 3) {
        failed = status.varint() == STATUS_ERROR;
      }
    }
  }

  @Override
  public String name() {
    return body.text(name);
  }

  @Override
  public String traceId() {
    return body.hex(traceId);
  }

  @Override
  public String spanId() {
    return body.hex(spanId);
  }

  @Override
  public String parentSpanId() {
    return body.hex(parentSpanId);
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long endNanos() {
    return endNanos;
  }

  @Override
  public boolean failed() {
    return failed;
  }
}
