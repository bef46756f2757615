package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.OtlpFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The fields of one protobuf message, one after the other. Moving on checks that a field fits into
 * its message; asking for its value checks that it is of that type. Used again for the next
 * message.
 */
final class ProtobufFields {
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED_32 = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST_VARINT = 10;
  private static final long LARGEST_TAG = 0xFFFF_FFFFL;

  private final Body body;
  private int start;
  private int position;
  private int end;
  private int number;
  private int type;
  private int from;
  private long bits;

  ProtobufFields(Body body) {
    this.body = body;
  }

  void open(int newFrom, int newTo) {
    position = newFrom;
    end = newTo;
  }

  /** Opens the message that is the current field of another. */
  void open(ProtobufFields parent) {
    parent.expect(LENGTH_DELIMITED);
    position = parent.from;
    end = parent.position;
  }

  void open(long slice) {
    open(Slice.from(slice), Slice.to(slice));
  }

  /** Moves to the next field; false at the end of the message. */
  boolean next() {
    if (position >= end) {
      return false;
    }
    start = position;
    long tag = readVarint();
    number = (int) tag >>> 3;
    type = (int) tag & 7;
    if (tag > LARGEST_TAG || tag < 0 || number == 0) {
      throw body.malformed("No field has such a tag:", start);
    }
    switch (type) {
      case VARINT -> bits = readVarint();
      case LENGTH_DELIMITED -> {
        long length = readVarint();
        if (length < 0 || length > end - position) {
          throw body.malformed("A length goes beyond its message", start);
        }
        from = position;
        position += (int) length;
      }
      case FIXED_64 -> {
        skip(8);
        bits = (long) LONG.get(body.bytes(), position - 8);
      }
      case FIXED_32 -> skip(4);
      default -> throw body.malformed("Groups and unknown wire types are not read:", start);
    }
    return true;
  }

  int number() {
    return number;
  }

  /** The bytes of a text or message. */
  long slice() {
    expect(LENGTH_DELIMITED);
    return Slice.of(from, position);
  }

  long varint() {
    expect(VARINT);
    return bits;
  }

  long fixed64() {
    expect(FIXED_64);
    return bits;
  }

  double decimal() {
    return Double.longBitsToDouble(fixed64());
  }

  /** Whether the current field has any value: a number, or bytes that are not none. */
  boolean isPresent() {
    return type != LENGTH_DELIMITED || position > from;
  }

  OtlpFormatException malformed(String what) {
    return body.malformed(what, start);
  }

  private void expect(int wanted) {
    if (type != wanted) {
      throw body.malformed(
          "Field " + number + " has wire type " + type + " instead of " + wanted, start);
    }
  }

  private void skip(int length) {
    if (end - position < length) {
      throw body.malformed("A number goes beyond its message", start);
    }
    position += length;
  }

  private long readVarint() {
    if (position < end) {
      byte first = body.bytes()[position];
      if (first >= 0) {
        position++;
        return first;
      }
    }
    return readLongVarint();
  }

  private long readLongVarint() {
    byte[] bytes = body.bytes();
    int last = Math.min(end, position + LONGEST_VARINT);
    long value = 0;
    for (int shift = 0; position < last; shift += 7) {
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw body.malformed("A number has no end", start);
  }
}
