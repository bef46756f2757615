package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.LogRecord;

/** The log record that is being read. */
final class LogView extends RecordView implements LogRecord {
  private final ProtobufFields value;
  private long timeNanos;
  private long observedTimeNanos;
  private int severity;
  private long eventName;
  private long bodyWord;
  private long traceId;
  private long spanId;

  LogView(Body body, ResourceView resource, AttributeReader attributes) {
    super(body, resource, attributes);
    value = new ProtobufFields(body);
  }

  /** Reads the log record that is the current field. */
  void read(ProtobufFields parent) {
    open(parent);
    timeNanos = 0;
    observedTimeNanos = 0;
    severity = 0;
    traceId = Slice.EMPTY;
    spanId = Slice.EMPTY;
    long name = Slice.EMPTY;
    long text = Slice.EMPTY;
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> timeNanos = fields.fixed64();
        case 2 -> severity = (int) fields.varint();
        case 5 -> text = fields.slice();
        case 6 -> attributes.read(fields, slots);
        case 9 -> traceId = fields.slice();
        case 10 -> spanId = fields.slice();
        case 11 -> observedTimeNanos = fields.fixed64();
        case 12 -> name = fields.slice();
        default -> {}
      }
    }
    eventName = wordOf(name);
    bodyWord = bodyWordOf(text);
  }

  private long bodyWordOf(long slice) {
    long text = Slice.EMPTY;
    boolean other = false;
    value.open(slice);
    while (value.next()) {
      boolean isText = value.number() == 1;
      text = isText ? value.slice() : Slice.EMPTY;
      other = !isText && value.isPresent();
    }
    if (other) {
      slots.dropContent();
    }
    return wordOf(text);
  }

  @Override
  public long timeNanos() {
    return timeNanos;
  }

  @Override
  public long observedTimeNanos() {
    return observedTimeNanos;
  }

  @Override
  public String eventName() {
    return body.text(eventName);
  }

  @Override
  public String bodyWord() {
    return body.text(bodyWord);
  }

  @Override
  public int severity() {
    return severity;
  }

  @Override
  public String traceId() {
    return body.hex(traceId);
  }

  @Override
  public String spanId() {
    return body.hex(spanId);
  }
}
