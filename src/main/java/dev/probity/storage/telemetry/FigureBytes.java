package dev.probity.storage.telemetry;

import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import java.nio.ByteBuffer;

/**
 * Figures as bytes: which of them are not zero, one bit each, then those, seven bits a byte. Most
 * are zero, and a dashboard adds up hundreds of thousands of them: a column each would make that
 * several times slower. A figure that is added to the product later is zero in what was stored
 * before, so they may only be appended.
 */
final class FigureBytes {
  static final int COUNT = Figure.values().length;
  private static final int LONGEST_NUMBER = 10;

  private FigureBytes() {}

  static byte[] pack(Figures figures) {
    long[] values = new long[COUNT];
    for (Figure figure : Figure.values()) {
      values[figure.ordinal()] = figures.get(figure);
    }
    return pack(values);
  }

  static byte[] pack(long[] values) {
    long present = 0;
    for (int i = 0; i < COUNT; i++) {
      if (values[i] != 0) {
        present |= 1L << i;
      }
    }
    ByteBuffer to = ByteBuffer.allocate((COUNT + 1) * LONGEST_NUMBER);
    write(to, present);
    for (int i = 0; i < COUNT; i++) {
      if (values[i] != 0) {
        write(to, values[i] << 1 ^ values[i] >> 63);
      }
    }
    byte[] bytes = new byte[to.position()];
    to.flip().get(bytes);
    return bytes;
  }

  /** Adds what the bytes say. */
  static void addTo(long[] values, byte[] bytes) {
    int at = 0;
    long present = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      present |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    while (present != 0) {
      int figure = Long.numberOfTrailingZeros(present);
      present &= present - 1;
      long value = 0;
      shift = 0;
      do {
        next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      values[figure] += value >>> 1 ^ -(value & 1);
    }
  }

  static Figures unpack(byte[] bytes) {
    long[] values = new long[COUNT];
    addTo(values, bytes);
    return Figures.of(values);
  }

  private static void write(ByteBuffer to, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }
}
