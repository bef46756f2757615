package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Treatment;
import org.jspecify.annotations.Nullable;

/** Reads attributes into their slots; of what may not be read, only that it was there. */
final class AttributeReader {
  private final Body body;
  private final boolean capture;
  private final ProtobufFields pair;
  private final ProtobufFields value;

  AttributeReader(Body body, boolean capture) {
    this.body = body;
    this.capture = capture;
    pair = new ProtobufFields(body);
    value = new ProtobufFields(body);
  }

  /** Whether the value of the attribute of a name may be decoded. */
  static boolean isReadable(@Nullable Attribute attribute, boolean capture) {
    return attribute != null
        && attribute.treatment() != Treatment.DROP
        && (capture || attribute.treatment() != Treatment.CONTENT);
  }

  /** Reads the attribute that is the current field. */
  void read(ProtobufFields parent, ValueSlots slots) {
    pair.open(parent);
    long name = Slice.EMPTY;
    long valueSlice = Slice.EMPTY;
    while (pair.next()) {
      switch (pair.number()) {
        case 1 -> name = pair.slice();
        case 2 -> valueSlice = pair.slice();
        default -> {}
      }
    }
    Attribute attribute = AttributeTable.find(body.bytes(), Slice.from(name), Slice.to(name));
    if (attribute == null) {
      slots.drop();
    } else if (isReadable(attribute, capture)) {
      store(attribute, valueSlice, slots);
    } else if (attribute.treatment() == Treatment.DROP) {
      slots.drop();
    } else if (isPresent(valueSlice)) {
      slots.dropContent();
    }
  }

  /** Whether a value has anything in it but a mask. Says nothing of what. */
  boolean isPresent(long slice) {
    boolean present = false;
    value.open(slice);
    while (value.next()) {
      present = value.isPresent() && !(value.number() == 1 && isMask(value.slice()));
    }
    return present;
  }

  private boolean isMask(long text) {
    return Body.isMask(body.bytes(), Slice.from(text), Slice.to(text));
  }

  private void store(Attribute attribute, long slice, ValueSlots slots) {
    ValueSlots.Kind kind = ValueSlots.Kind.ABSENT;
    long found = Slice.EMPTY;
    value.open(slice);
    while (value.next()) {
      switch (value.number()) {
        case 1 -> {
          found = value.slice();
          kind = present(ValueSlots.Kind.TEXT);
        }
        case 2 -> {
          found = value.varint();
          kind = ValueSlots.Kind.BOOLEAN;
        }
        case 3 -> {
          found = value.varint();
          kind = ValueSlots.Kind.WHOLE;
        }
        case 4 -> {
          found = value.fixed64();
          kind = ValueSlots.Kind.REAL;
        }
        case Nested.LIST -> {
          found = value.slice();
          kind = present(ValueSlots.Kind.LIST);
          Nested.check(body, found, false);
        }
        case Nested.MAP -> {
          found = value.slice();
          kind = present(ValueSlots.Kind.MAP);
          Nested.check(body, found, true);
        }
        case 7 -> kind = ValueSlots.Kind.ABSENT;
        default -> {}
      }
    }
    slots.put(attribute, kind, found);
  }

  private ValueSlots.Kind present(ValueSlots.Kind kind) {
    return value.isPresent() ? kind : ValueSlots.Kind.ABSENT;
  }
}
