package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.Resource;

/** Who sends what is being read. */
final class ResourceView implements Resource {
  private final Body body;
  private final AttributeReader attributes;
  private final ValueSlots slots;
  private final ProtobufFields fields;
  private long resourceHash;
  private long scopeName;
  private long scopeVersion;
  private long scopeHash;
  private long fingerprint;

  ResourceView(Body body, AttributeReader attributes) {
    this.body = body;
    this.attributes = attributes;
    slots = new ValueSlots(body);
    fields = new ProtobufFields(body);
  }

  /** Begins a new resource, which has no attributes unless some are read. */
  void clear() {
    slots.clear();
    resourceHash = 0;
    clearScope();
  }

  /** Begins a new scope of the same resource. */
  void clearScope() {
    scopeName = Slice.EMPTY;
    scopeVersion = Slice.EMPTY;
    scopeHash = 0;
  }

  /** Reads the resource that is the current field. */
  void readResource(ProtobufFields parent) {
    fields.open(parent);
    while (fields.next()) {
      if (fields.number() == 1) {
        attributes.read(fields, slots);
        resourceHash += body.hash(fields.slice());
      }
    }
  }

  /** Reads the scope that is the current field. Its attributes only tell it from others. */
  void readScope(ProtobufFields parent) {
    fields.open(parent);
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> scopeName = fields.slice();
        case 2 -> scopeVersion = fields.slice();
        case 3 -> scopeHash += body.hash(fields.slice());
        default -> {}
      }
    }
  }

  /** Once both are read. */
  void complete() {
    long name = XxHash64.mix(body.hash(scopeName), body.hash(scopeVersion));
    fingerprint = XxHash64.mix(XxHash64.mix(resourceHash, scopeHash), name);
  }

  @Override
  public Attributes attributes() {
    return slots;
  }

  @Override
  public String scope() {
    return body.text(scopeName);
  }

  @Override
  public String scopeVersion() {
    return body.text(scopeVersion);
  }

  @Override
  public long fingerprint() {
    return fingerprint;
  }
}
