package dev.probity.kernel.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes numbers and text compactly into an array that grows. */
public final class ByteWriter {
  private static final int FIRST_BYTES = 2 << 10;
  private static final int LONGEST_NUMBER = 10;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private final Words words;
  private final Map<String, Integer> shared = new HashMap<>();

  public ByteWriter() {
    this(Words.NONE);
  }

  /**
   * @param words texts that need not be written out by {@link #writeShared}
   */
  public ByteWriter(Words words) {
    this.words = words;
  }

  /** What was written is the first {@link #length} bytes; valid until the next write. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** What was written, in an array of its own. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Begins anew; an array that grew beyond this is let go. */
  public void clear(int keepBytes) {
    if (bytes.length > keepBytes) {
      bytes = new byte[FIRST_BYTES];
    }
    length = 0;
    shared.clear();
  }

  /** Takes back everything after a length. No shared text can be written from then on. */
  public void truncate(int toLength) {
    length = Math.min(length, toLength);
  }

  public void writeByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, lowest first; small numbers are short, negative ones take ten bytes. */
  public void writeNumber(long value) {
    room(LONGEST_NUMBER);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A number for which small negative ones are short, too. */
  public void writeSigned(long value) {
    writeNumber((value << 1) ^ (value >> 63));
  }

  /** Eight bytes, for what is random. */
  public void writeLong(long value) {
    room(Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** The length in bytes, then UTF-8. Text that is not valid Unicode comes back mended. */
  public void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeBlock(encoded, encoded.length);
  }

  /** Text the first time, the second time and later only its number. */
  public void writeShared(String text) {
    int word = words.number(text);
    if (word > 0) {
      writeNumber(word);
      return;
    }
    Integer known = shared.putIfAbsent(text, words.size() + shared.size() + 1);
    if (known != null) {
      writeNumber(known);
    } else {
      writeNumber(0);
      PackedText.write(text, this);
    }
  }

  /** The length, then the first so many bytes. */
  public void writeBlock(byte[] block, int blockLength) {
    writeNumber(blockLength);
    append(block, blockLength);
  }

  /** The first so many bytes as they are. */
  public void append(byte[] more, int moreLength) {
    room(moreLength);
    System.arraycopy(more, 0, bytes, length, moreLength);
    length += moreLength;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
