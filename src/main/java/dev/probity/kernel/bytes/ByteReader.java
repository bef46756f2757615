package dev.probity.kernel.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link ByteWriter} wrote; never beyond the end. Every method throws {@link
 * ByteFormatException} where the bytes are not what it reads.
 */
public final class ByteReader {
  private static final int LONGEST_NUMBER = 10;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int position;
  private final Words words;
  private final List<String> shared = new ArrayList<>();

  public ByteReader(byte[] bytes) {
    this(bytes, Words.NONE);
  }

  /**
   * @param words those that were written with
   */
  public ByteReader(byte[] bytes, Words words) {
    this.bytes = bytes;
    this.words = words;
    this.end = bytes.length;
  }

  public boolean atEnd() {
    return position == end;
  }

  public int readByte() {
    if (position >= end) {
      throw new ByteFormatException("the bytes end too early, at " + position);
    }
    return bytes[position++] & 0xff;
  }

  public long readNumber() {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      int next = readByte();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new ByteFormatException("an endless number at " + position);
  }

  public long readSigned() {
    long value = readNumber();
    return (value >>> 1) ^ -(value & 1);
  }

  public long readLong() {
    return (long) LONGS.get(bytes, skip(Long.BYTES));
  }

  /**
   * A count of things that follow.
   *
   * @param bytesEach what one of them takes at least: a count that can't be is refused
   */
  public int readCount(int bytesEach) {
    long count = readNumber();
    if (count < 0 || count > (end - position) / bytesEach) {
      throw new ByteFormatException("a count of " + count + " at " + position + ", beyond the end");
    }
    return (int) count;
  }

  public String readText() {
    int length = readCount(1);
    return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
  }

  /** What {@link ByteWriter#writeShared} wrote. */
  public String readShared() {
    long reference = readNumber();
    if (reference == 0) {
      String text = PackedText.read(this);
      shared.add(text);
      return text;
    }
    long earlier = reference - words.size();
    if (reference < 0 || earlier > shared.size()) {
      throw new ByteFormatException("a text that was not there before, at " + position);
    }
    return earlier > 0 ? shared.get((int) earlier - 1) : words.word((int) reference);
  }

  /** What {@link ByteWriter#writeBlock} wrote, as an array of its own. */
  public byte[] readBlock() {
    int length = readCount(1);
    int start = skip(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** The constant with the ordinal that comes next. */
  public <E> E readOneOf(E[] constants) {
    int ordinal = readByte();
    if (ordinal >= constants.length) {
      throw new ByteFormatException(
          "constant " + ordinal + " of " + constants.length + " at " + position);
    }
    return constants[ordinal];
  }

  /** Checks that nothing follows. */
  public void expectEnd() {
    if (!atEnd()) {
      throw new ByteFormatException("the bytes go on after the end, at " + position);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many bytes are still to come. */
  int left() {
    return end - position;
  }

  /** Goes on, and says where it was. */
  int skip(int length) {
    if (length > end - position) {
      throw new ByteFormatException("the bytes end too early, at " + end);
    }
    int start = position;
    position += length;
    return start;
  }
}
