package dev.probity.telemetry.otlp.wire;

import java.util.ArrayList;
import java.util.List;

/** Values that hold others: lists and maps, which few attributes have. */
final class Nested {
  /** How deep lists and maps may stand in one another. */
  static final int DEEPEST = 32;

  private static final int MOST_TEXTS = 256;
  private static final int STRING = 1;
  private static final int BOOLEAN = 2;
  private static final int WHOLE = 3;
  private static final int REAL = 4;
  static final int LIST = 5;
  static final int MAP = 6;

  private Nested() {}

  /** Goes once through a list or a map, so that reading it later can't fail. */
  static void check(Body body, long slice, boolean isMap) {
    check(body, slice, isMap, 1);
  }

  private static void check(Body body, long slice, boolean isMap, int depth) {
    var values = new ProtobufFields(body);
    var pair = new ProtobufFields(body);
    var value = new ProtobufFields(body);
    values.open(slice);
    while (values.next()) {
      if (values.number() != 1) {
        continue;
      }
      if (depth > DEEPEST) {
        throw values.malformed("Values are nested deeper than " + DEEPEST);
      }
      value.open(isMap ? valueOf(pair, values) : values.slice());
      while (value.next()) {
        switch (value.number()) {
          case STRING -> value.slice();
          case BOOLEAN, WHOLE -> value.varint();
          case REAL -> value.fixed64();
          case LIST, MAP -> check(body, value.slice(), value.number() == MAP, depth + 1);
          default -> {}
        }
      }
    }
  }

  /** The value of a pair, whose key is checked to be one. */
  private static long valueOf(ProtobufFields pair, ProtobufFields parent) {
    pair.open(parent);
    long value = Slice.EMPTY;
    while (pair.next()) {
      switch (pair.number()) {
        case 1 -> pair.slice();
        case 2 -> value = pair.slice();
        default -> {}
      }
    }
    return value;
  }

  /** The elements of a list that are text and not empty. */
  static List<String> texts(Body body, long slice) {
    var texts = new ArrayList<String>();
    var values = new ProtobufFields(body);
    var value = new ProtobufFields(body);
    values.open(slice);
    while (values.next() && texts.size() < MOST_TEXTS) {
      if (values.number() == 1) {
        value.open(values);
        while (value.next()) {
          if (value.number() == STRING && value.isPresent()) {
            texts.add(body.text(value.slice()));
          }
        }
      }
    }
    return List.copyOf(texts);
  }

  /** Writes a list or a map out as JSON does, as far as the longest text allows. */
  static String written(Body body, long slice, boolean isMap, int longest) {
    var out = new StringBuilder();
    write(out, body, slice, isMap, longest);
    return TextCache.cut(out.toString(), longest);
  }

  private static void write(StringBuilder out, Body body, long slice, boolean isMap, int longest) {
    var values = new ProtobufFields(body);
    var value = new ProtobufFields(body);
    values.open(slice);
    out.append(isMap ? '{' : '[');
    String separator = "";
    while (values.next() && out.length() <= longest) {
      if (values.number() == 1) {
        out.append(separator);
        separator = ",";
        if (isMap) {
          writePair(out, body, values.slice(), longest);
        } else {
          value.open(values);
          writeValue(out, body, value, longest);
        }
      }
    }
    out.append(isMap ? '}' : ']');
  }

  private static void writePair(StringBuilder out, Body body, long slice, int longest) {
    var pair = new ProtobufFields(body);
    var value = new ProtobufFields(body);
    long key = Slice.EMPTY;
    long of = Slice.EMPTY;
    pair.open(slice);
    while (pair.next()) {
      switch (pair.number()) {
        case 1 -> key = pair.slice();
        case 2 -> of = pair.slice();
        default -> {}
      }
    }
    writeText(out, body.content(key));
    out.append(':');
    value.open(of);
    writeValue(out, body, value, longest);
  }

  private static void writeValue(StringBuilder out, Body body, ProtobufFields value, int longest) {
    int before = out.length();
    while (value.next()) {
      out.setLength(before);
      switch (value.number()) {
        case STRING -> writeText(out, body.content(value.slice()));
        case BOOLEAN -> out.append(value.varint() != 0);
        case WHOLE -> out.append(value.varint());
        case REAL -> out.append(ValueSlots.written(value.decimal()));
        case LIST, MAP -> write(out, body, value.slice(), value.number() == MAP, longest);
        default -> {}
      }
    }
    if (out.length() == before) {
      out.append("null");
    }
  }

  private static void writeText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    out.append('"');
  }
}
