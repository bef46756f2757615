package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.Treatment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of a record's attributes, each in its attribute's own slot. Texts stay bytes until
 * somebody asks for them. Used again for the next record.
 */
final class ValueSlots implements Attributes {
  private static final Attribute[] ALL = Attribute.values();
  private static final int LONGEST_NUMBER = 40;
  private static final double TWO_TO_63 = 0x1p63;

  /** What a slot holds. One that was taken before and lost its value again is ABSENT. */
  enum Kind {
    FREE,
    ABSENT,
    TEXT,
    BOOLEAN,
    WHOLE,
    REAL,
    LIST,
    MAP
  }

  private final Body body;
  private final Kind[] kinds = new Kind[ALL.length];
  private final long[] values = new long[ALL.length];
  private final @Nullable String[] texts = new @Nullable String[ALL.length];
  private final Attribute[] order = new Attribute[ALL.length];
  private int count;
  private int dropped;
  private int droppedContent;

  ValueSlots(Body body) {
    this.body = body;
    Arrays.fill(kinds, Kind.FREE);
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      int slot = order[i].ordinal();
      kinds[slot] = Kind.FREE;
      texts[slot] = null;
    }
    count = 0;
    dropped = 0;
    droppedContent = 0;
  }

  /**
   * Puts a value into its slot.
   *
   * @param value the number, the bits of a double, or the slice of a text, list or map
   */
  void put(Attribute attribute, Kind kind, long value) {
    int slot = attribute.ordinal();
    if (kinds[slot] == Kind.FREE) {
      if (kind == Kind.ABSENT) {
        return;
      }
      order[count++] = attribute;
    }
    kinds[slot] = kind;
    values[slot] = value;
    texts[slot] = null;
  }

  void drop() {
    dropped++;
  }

  void dropContent() {
    dropped++;
    droppedContent++;
  }

  @Override
  public boolean has(Attribute attribute) {
    return kinds[attribute.ordinal()].compareTo(Kind.ABSENT) > 0;
  }

  @Override
  public String text(Attribute attribute) {
    int slot = attribute.ordinal();
    if (!has(attribute)) {
      return "";
    }
    String text = texts[slot];
    if (text == null) {
      text = decoded(attribute, values[slot]);
      texts[slot] = text;
    }
    return text;
  }

  private String decoded(Attribute attribute, long value) {
    boolean content = attribute.treatment() == Treatment.CONTENT;
    return switch (kinds[attribute.ordinal()]) {
      case FREE, ABSENT -> "";
      case TEXT -> content ? body.content(value) : body.text(value);
      case BOOLEAN -> value != 0 ? "true" : "false";
      case WHOLE -> Long.toString(value);
      case REAL -> written(Double.longBitsToDouble(value));
      case LIST -> Nested.written(body, value, false, longest(content));
      case MAP -> Nested.written(body, value, true, longest(content));
    };
  }

  private static int longest(boolean content) {
    return content ? TextCache.LONGEST_CONTENT : TextCache.LONGEST_TEXT;
  }

  /** Without a fraction where there is none, so that all encodings of a number read the same. */
  static String written(double value) {
    return isWhole(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public long number(Attribute attribute, long otherwise) {
    long value = values[attribute.ordinal()];
    return switch (kinds[attribute.ordinal()]) {
      case WHOLE -> value;
      case REAL -> whole(Double.longBitsToDouble(value), otherwise);
      case TEXT -> parsed(attribute, value, otherwise);
      case FREE, ABSENT, BOOLEAN, LIST, MAP -> otherwise;
    };
  }

  private long parsed(Attribute attribute, long slice, long otherwise) {
    byte[] bytes = body.bytes();
    int from = Slice.from(slice);
    int to = Slice.to(slice);
    boolean negative = bytes[from] == '-';
    int digits = to - from - (negative ? 1 : 0);
    if (digits < 1 || digits > 18) {
      return parsedByJdk(attribute, otherwise);
    }
    long number = 0;
    for (int i = to - digits; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return parsedByJdk(attribute, otherwise);
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }

  private long parsedByJdk(Attribute attribute, long otherwise) {
    String text = text(attribute);
    if (!isNumeric(text)) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return whole(decimal(attribute, Double.NaN), otherwise);
    }
  }

  private static long whole(double value, long otherwise) {
    return isWhole(value) && value >= -TWO_TO_63 && value < TWO_TO_63 ? (long) value : otherwise;
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && !Double.isInfinite(value);
  }

  @Override
  public double decimal(Attribute attribute, double otherwise) {
    long value = values[attribute.ordinal()];
    return switch (kinds[attribute.ordinal()]) {
      case WHOLE -> value;
      case REAL -> {
        double real = Double.longBitsToDouble(value);
        yield Double.isNaN(real) ? otherwise : real;
      }
      case TEXT -> {
        String text = text(attribute);
        try {
          yield isNumeric(text) ? Double.parseDouble(text) : otherwise;
        } catch (NumberFormatException e) {
          yield otherwise;
        }
      }
      case FREE, ABSENT, BOOLEAN, LIST, MAP -> otherwise;
    };
  }

  /** Keeps what only Java takes for a number, such as {@code 1d}, from being one. */
  private static boolean isNumeric(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isTrue(Attribute attribute) {
    return switch (kinds[attribute.ordinal()]) {
      case BOOLEAN -> values[attribute.ordinal()] != 0;
      case TEXT -> text(attribute).equalsIgnoreCase("true");
      case FREE, ABSENT, WHOLE, REAL, LIST, MAP -> false;
    };
  }

  @Override
  public List<String> texts(Attribute attribute) {
    return kinds[attribute.ordinal()] == Kind.LIST
        ? Nested.texts(body, values[attribute.ordinal()])
        : List.of();
  }

  @Override
  public void forEach(Consumer<Attribute> consumer) {
    for (int i = 0; i < count; i++) {
      if (has(order[i])) {
        consumer.accept(order[i]);
      }
    }
  }

  @Override
  public int dropped() {
    return dropped;
  }

  @Override
  public int droppedContent() {
    return droppedContent;
  }
}
