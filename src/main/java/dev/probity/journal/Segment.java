package dev.probity.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;

/**
 * One mapped file of records. An append is a copy into memory that belongs to the kernel, so it
 * outlives the process without a system call; {@link #force} makes it outlive the machine.
 *
 * <p>A record is 8 bytes of header (kind, format, length), the ciphertext and its tag, padded to 8.
 * The header is written last: a record with a header is whole, whenever the process died.
 */
final class Segment {
  /** What {@link #read} returns where there is no record. */
  sealed interface Read {
    /** A record; the next one begins at {@code next}. */
    record Entry(JournalEntry entry, int next) implements Read {}

    /** Nothing was written from here on. */
    record End() implements Read {}

    /**
     * Something is here, but it is not a whole record.
     *
     * @param next where the following record would begin; -1 if the header makes no sense
     */
    record Damage(int next) implements Read {}
  }

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfLong BIG_ENDIAN_LONG = LONG.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle HEADER = LONG.varHandle();
  private static final int HEADER_BYTES = Long.BYTES;
  private static final long FORMAT = 1;

  private final long number;
  private final Path file;
  private final RecordCipher cipher;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final int limit;
  private final byte[] sealed;

  /** Where the next record goes; what lies before it is whole. */
  private volatile int end = SegmentFile.HEAD_BYTES;

  private boolean closed;

  private Segment(long number, Path file, byte[] key, FileChannel.MapMode mode, int scratchBytes)
      throws IOException {
    this.number = number;
    this.file = file;
    cipher = new RecordCipher(key);
    sealed = new byte[scratchBytes];
    boolean writing = mode == FileChannel.MapMode.READ_WRITE;
    try (FileChannel channel =
        writing
            ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : FileChannel.open(file, StandardOpenOption.READ)) {
      limit = (int) Math.min(channel.size(), Integer.MAX_VALUE);
      memory = channel.map(mode, 0, limit, arena);
    }
  }

  /** A new segment, for appending. Its records are read through {@link #forReading}. */
  static Segment forAppending(long number, Path file, byte[] key, int maxEntryBytes)
      throws IOException {
    return new Segment(
        number, file, key, FileChannel.MapMode.READ_WRITE, maxEntryBytes + RecordCipher.TAG_BYTES);
  }

  static Segment forReading(long number, Path file, byte[] key) throws IOException {
    return new Segment(number, file, key, FileChannel.MapMode.READ_ONLY, 0);
  }

  long number() {
    return number;
  }

  Path file() {
    return file;
  }

  int end() {
    return end;
  }

  int remaining() {
    return limit - end;
  }

  static int recordBytes(int payloadBytes) {
    return (HEADER_BYTES + payloadBytes + RecordCipher.TAG_BYTES + 7) & ~7;
  }

  /** Appends; the caller has seen that it fits, and is alone. Returns the record's offset. */
  int append(byte kind, byte[] payload, int from, int length) {
    int offset = end;
    long header = ((long) kind & 0xff) << 56 | FORMAT << 48 | length;
    cipher.seal(header, offset, payload, from, length, sealed);
    MemorySegment.copy(
        sealed,
        0,
        memory,
        ValueLayout.JAVA_BYTE,
        offset + HEADER_BYTES,
        length + RecordCipher.TAG_BYTES);
    HEADER.setRelease(memory, (long) offset, header);
    end = offset + recordBytes(length);
    return offset;
  }

  /** Reads the record at an offset. Not for several threads. */
  Read read(int offset) {
    if (offset + HEADER_BYTES > limit) {
      return new Read.End();
    }
    long header = (long) HEADER.getAcquire(memory, (long) offset);
    if (header == 0) {
      return new Read.End();
    }
    int length = (int) header;
    long next = length < 0 ? -1 : (long) offset + recordBytes(length);
    if ((header >>> 32 & 0xffffff) != FORMAT << 16 || next < 0 || next > limit) {
      return new Read.Damage(-1);
    }
    byte[] bytes = new byte[length + RecordCipher.TAG_BYTES];
    MemorySegment.copy(
        memory, ValueLayout.JAVA_BYTE, offset + HEADER_BYTES, bytes, 0, bytes.length);
    try {
      byte[] payload = cipher.open(header, offset, bytes);
      byte kind = (byte) (header >>> 56);
      return new Read.Entry(new JournalEntry(number << 32 | offset, kind, payload), (int) next);
    } catch (GeneralSecurityException e) {
      return new Read.Damage((int) next);
    }
  }

  /** Whether the file is shorter than it was made. */
  boolean isTruncated() {
    return limit < SegmentFile.HEAD_BYTES || sizeInHead() > limit;
  }

  private long sizeInHead() {
    return memory.get(BIG_ENDIAN_LONG, SegmentFile.SIZE_OFFSET);
  }

  /** How many bytes from here to the last one that is not zero. */
  int writtenBytesFrom(int offset) {
    for (int i = limit - 1; i >= offset; i--) {
      if (memory.get(ValueLayout.JAVA_BYTE, i) != 0) {
        return i + 1 - offset;
      }
    }
    return 0;
  }

  /** Forces a range to the disk; does nothing once the segment is closed. */
  synchronized void force(int from, int to) {
    if (!closed && to > from) {
      memory.asSlice(from, to - from).force();
    }
  }

  /** Takes the file out of memory. Nobody may append or read any more. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      arena.close();
    }
  }
}
