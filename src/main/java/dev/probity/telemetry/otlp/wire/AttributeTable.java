package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.telemetry.otlp.Attribute;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds an attribute by the bytes of its name, without making a text of them. An open-addressed
 * table that is at most a quarter full, so that a name which is not on the list is soon known not
 * to be.
 */
final class AttributeTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final int BITS =
      34 - Integer.numberOfLeadingZeros(Math.max(1, Attribute.values().length - 1));
  private static final int MASK = (1 << BITS) - 1;
  private static final @Nullable Attribute[] ATTRIBUTES = new @Nullable Attribute[MASK + 1];
  private static final byte[][] NAMES = new byte[MASK + 1][];

  static {
    for (Attribute attribute : Attribute.values()) {
      byte[] name = attribute.wireName().getBytes(UTF_8);
      int at = slot(name, 0, name.length);
      for (; ATTRIBUTES[at] != null; at = (at + 1) & MASK) {
        if (Arrays.equals(NAMES[at], name)) {
          throw new IllegalStateException(attribute.wireName() + " is on the list twice.");
        }
      }
      ATTRIBUTES[at] = attribute;
      NAMES[at] = name;
    }
  }

  private AttributeTable() {}

  /** The attribute of that name; null if it is not on the list. */
  static @Nullable Attribute find(byte[] bytes, int from, int to) {
    for (int at = slot(bytes, from, to); ; at = (at + 1) & MASK) {
      Attribute attribute = ATTRIBUTES[at];
      if (attribute == null) {
        return null;
      }
      byte[] name = NAMES[at];
      if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return attribute;
      }
    }
  }

  /** Looks at beginning, middle and end, in which names differ. */
  private static int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    long hash = length;
    if (length >= 8) {
      hash = (hash ^ (long) LONG.get(bytes, from)) * GOLDEN;
      hash = (Long.rotateLeft(hash, 29) ^ (long) LONG.get(bytes, from + length / 2 - 4)) * GOLDEN;
      hash = (Long.rotateLeft(hash, 29) ^ (long) LONG.get(bytes, to - 8)) * GOLDEN;
    } else {
      for (int i = from; i < to; i++) {
        hash = hash << 8 ^ bytes[i];
      }
      hash *= GOLDEN;
    }
    return (int) (hash >>> (64 - BITS));
  }
}
