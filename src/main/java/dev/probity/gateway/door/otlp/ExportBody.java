package dev.probity.gateway.door.otlp;

import dev.probity.telemetry.intake.IntakeMemory;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of an export while it comes in: one array, within the memory that all of them have. */
final class ExportBody {
  /** What adding a piece came to. */
  enum Added {
    YES,
    TOO_LARGE,
    NO_MEMORY
  }

  private static final byte[] EMPTY = new byte[0];
  private static final int FIRST_CAPACITY = 16 << 10;

  /** A client that announces more gets it as its bytes come. */
  private static final int TRUSTED_CAPACITY = 4 << 20;

  private final IntakeMemory memory;
  private final int limit;
  private final long announced;
  private byte[] bytes = EMPTY;
  private int length;

  /**
   * @param limit the most it may be
   * @param announced how long it will be; -1 if the client did not say
   */
  ExportBody(IntakeMemory memory, int limit, long announced) {
    this.memory = memory;
    this.limit = limit;
    this.announced = announced;
  }

  /** Adds so many bytes of a piece; the piece stays the caller's. */
  Added add(ByteBuf piece, int count) {
    long needed = (long) length + count;
    if (needed > limit) {
      return Added.TOO_LARGE;
    }
    if (needed > bytes.length && !grow((int) needed)) {
      return Added.NO_MEMORY;
    }
    piece.readBytes(bytes, length, count);
    length += count;
    return Added.YES;
  }

  private boolean grow(int needed) {
    long likely =
        bytes.length > 0
            ? 2L * bytes.length
            : announced < 0 ? FIRST_CAPACITY : Math.min(announced, TRUSTED_CAPACITY);
    long most = announced < 0 ? limit : Math.min(announced, limit);
    int capacity = (int) Math.max(needed, Math.min(likely, most));
    if (!memory.reserve(capacity - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  int limit() {
    return limit;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Gives its memory back. */
  void drop() {
    memory.release(bytes.length);
    bytes = EMPTY;
    length = 0;
  }
}
