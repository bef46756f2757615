package dev.probity.telemetry.intake;

import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.wire.Gunzip;
import dev.probity.telemetry.otlp.wire.TooLargeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unpacks compressed exports, within the memory that all of them have. */
final class Unpacking {
  /** What gzip ends with: the length unpacked, in four bytes. */
  private static final int LENGTH_BYTES = 4;

  private static final int HEADER_BYTES = 10;

  private final int limit;
  private final IntakeMemory memory;

  /**
   * @param limit the most that a body may be unpacked
   */
  Unpacking(int limit, IntakeMemory memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /** What unpacking comes to. */
  sealed interface Unpacked {}

  /** A body, whose memory is given back in the end. */
  record Body(byte[] bytes, int length, Runnable end) implements Unpacked, AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  record Failed(Reason reason, String message) implements Unpacked {}

  Unpacked unpack(Export export) {
    if (!export.gzip()) {
      return new Body(export.body(), export.length(), () -> {});
    }
    long claimed = claimedLength(export);
    if (claimed > limit) {
      return tooLarge();
    }
    // The claim may be wrong, or that of the last of several parts: then there may be more after
    // all.
    Unpacked first = unpack(export, (int) claimed);
    return first instanceof Failed failed && failed.reason() == Reason.TOO_LARGE && claimed < limit
        ? unpack(export, limit)
        : first;
  }

  private Unpacked unpack(Export export, int most) {
    if (!memory.reserve(most)) {
      return new Failed(Reason.BUSY, "Too many large exports at once. Try again soon.");
    }
    boolean unpacked = false;
    try {
      byte[] bytes = Gunzip.gunzip(export.body(), 0, export.length(), most);
      unpacked = true;
      return new Body(bytes, bytes.length, () -> memory.release(most));
    } catch (TooLargeException e) {
      return tooLarge();
    } catch (OtlpFormatException e) {
      return new Failed(Reason.MALFORMED, "The body is not gzip: " + e.getMessage());
    } finally {
      if (!unpacked) {
        memory.release(most);
      }
    }
  }

  private Failed tooLarge() {
    return new Failed(
        Reason.TOO_LARGE,
        "The body is larger than "
            + limit
            + " bytes when it is unpacked, the most that is taken here: export more often, or"
            + " raise telemetry.body_bytes.");
  }

  private static long claimedLength(Export export) {
    boolean gzip =
        export.length() > HEADER_BYTES
            && export.body()[0] == (byte) 0x1f
            && export.body()[1] == (byte) 0x8b;
    return !gzip
        ? 0
        : Integer.toUnsignedLong(
            ByteBuffer.wrap(export.body(), export.length() - LENGTH_BYTES, LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt());
  }
}
