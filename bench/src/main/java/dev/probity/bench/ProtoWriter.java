package dev.probity.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes protobuf messages, and remembers where the values stand that are to be written over in
 * every copy.
 */
final class ProtoWriter {
  /** Bytes that are different in every copy. */
  record Hole(Kind kind, int at, int length) {}

  enum Kind {
    /** Eight bytes, little-endian nanoseconds. */
    NANOS,
    /** {@code 2026-11-21T12:00:00.000Z}. */
    ISO_TIME,
    /** Ten digits. */
    DIGITS,
    /** A varint in three bytes. */
    SEQUENCE
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Hole> holes = new ArrayList<>();

  byte[] bytes() {
    return out.toByteArray();
  }

  List<Hole> holes() {
    return holes;
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void message(int field, ProtoWriter message) {
    tag(field, 2);
    byte[] bytes = message.bytes();
    varint(bytes.length);
    int at = out.size();
    message.holes.forEach(hole -> holes.add(new Hole(hole.kind, at + hole.at, hole.length)));
    out.writeBytes(bytes);
  }

  void text(int field, String value) {
    tag(field, 2);
    byte[] bytes = value.getBytes(UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  /** A text that ends in what changes. */
  private void changing(int field, String text, Kind kind, int length) {
    text(field, text);
    holes.add(new Hole(kind, out.size() - length, length));
  }

  void nanos(int field) {
    tag(field, 1);
    holes.add(new Hole(Kind.NANOS, out.size(), 8));
    out.writeBytes(new byte[8]);
  }

  /** A key and its text. */
  ProtoWriter with(String key, String value) {
    return attribute(key, any -> any.text(1, value));
  }

  ProtoWriter with(String key, long value) {
    return attribute(
        key,
        any -> {
          any.tag(3, 0);
          any.varint(value);
        });
  }

  ProtoWriter with(String key, boolean value) {
    return attribute(
        key,
        any -> {
          any.tag(2, 0);
          any.varint(value ? 1 : 0);
        });
  }

  ProtoWriter with(String key, double value) {
    return attribute(
        key,
        any -> {
          any.tag(4, 1);
          long bits = Double.doubleToLongBits(value);
          for (int shift = 0; shift < 64; shift += 8) {
            any.out.write((int) (bits >>> shift));
          }
        });
  }

  ProtoWriter withTime(String key) {
    return attribute(key, any -> any.changing(1, "2026-11-21T12:00:00.000Z", Kind.ISO_TIME, 24));
  }

  /** A text of a beginning and ten digits. */
  ProtoWriter withNumber(String key, String beginning) {
    return attribute(key, any -> any.changing(1, beginning + "0000000000", Kind.DIGITS, 10));
  }

  ProtoWriter withSequence(String key) {
    return attribute(
        key,
        any -> {
          any.tag(3, 0);
          any.holes.add(new Hole(Kind.SEQUENCE, any.out.size(), 3));
          any.out.writeBytes(new byte[] {(byte) 0x80, (byte) 0x80, 0});
        });
  }

  private ProtoWriter attribute(String key, java.util.function.Consumer<ProtoWriter> value) {
    var any = new ProtoWriter();
    value.accept(any);
    var pair = new ProtoWriter();
    pair.text(1, key);
    pair.message(2, any);
    message(attributesField, pair);
    return this;
  }

  /** Where this message keeps its attributes; 6 in a log record, 1 in a resource. */
  private int attributesField = 6;

  static ProtoWriter withAttributesIn(int field) {
    var writer = new ProtoWriter();
    writer.attributesField = field;
    return writer;
  }
}
