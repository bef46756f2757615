package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.Resource;

/** What log records, spans and data points have in common. */
abstract class RecordView {
  final Body body;
  final ResourceView resource;
  final AttributeReader attributes;
  final ValueSlots slots;
  final ProtobufFields fields;
  private long whole;

  RecordView(Body body, ResourceView resource, AttributeReader attributes) {
    this.body = body;
    this.resource = resource;
    this.attributes = attributes;
    slots = new ValueSlots(body);
    fields = new ProtobufFields(body);
  }

  /** Opens the record that is the current field. */
  final void open(ProtobufFields parent) {
    whole = parent.slice();
    slots.clear();
    fields.open(whole);
  }

  /** The same if it is a word; otherwise nothing, and it is counted as content. */
  final long wordOf(long slice) {
    if (Slice.length(slice) == 0) {
      return Slice.EMPTY;
    }
    if (body.isWord(slice)) {
      return slice;
    }
    slots.dropContent();
    return Slice.EMPTY;
  }

  final long whole() {
    return whole;
  }

  public final Resource resource() {
    return resource;
  }

  public final Attributes attributes() {
    return slots;
  }

  public final long fingerprint() {
    return XxHash64.mix(resource.fingerprint(), body.hash(whole));
  }
}
