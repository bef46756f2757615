package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.OtlpFormatException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) up to a limit. Room is made as it is needed, so that a small body that
 * claims to be a large one costs little. Reads everything: members one behind the other, and
 * nothing that is none.
 */
public final class Gunzip {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int FIRST_ROOM = 4096;
  private static final int USUAL_RATIO = 4;
  private static final int LARGEST_FIRST_ROOM = 1 << 20;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA_FIELD = 4;
  private static final int FILE_NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final byte[] body;
  private final int offset;
  private final int end;
  private final int limit;
  private int position;
  private byte[] out;
  private int length;

  private Gunzip(byte[] body, int offset, int length, int limit) {
    this.body = body;
    this.offset = offset;
    this.limit = limit;
    end = offset + length;
    position = offset;
    long room = Math.clamp((long) USUAL_RATIO * length, FIRST_ROOM, LARGEST_FIRST_ROOM);
    out = new byte[(int) Math.min(limit, room)];
  }

  /**
   * Unpacks a body.
   *
   * @param limit how many bytes it may have unpacked
   * @throws TooLargeException as soon as it has more
   * @throws OtlpFormatException if it is not gzip from its beginning to its end
   */
  public static byte[] gunzip(byte[] body, int offset, int length, int limit) {
    Objects.checkFromIndexSize(offset, length, body.length);
    return new Gunzip(body, offset, length, limit).unpacked();
  }

  private byte[] unpacked() {
    Inflater inflater = new Inflater(true);
    try {
      do {
        header();
        member(inflater);
      } while (position < end);
    } finally {
      inflater.end();
    }
    return Arrays.copyOf(out, length);
  }

  private void header() {
    int start = position;
    if (end - position < HEADER_BYTES
        || unsigned(start) != 0x1F
        || unsigned(start + 1) != 0x8B
        || unsigned(start + 2) != 8) {
      throw malformed("No gzip header");
    }
    int flags = unsigned(start + 3);
    if ((flags & RESERVED) != 0) {
      throw malformed("An unknown gzip header");
    }
    position += HEADER_BYTES;
    if ((flags & EXTRA_FIELD) != 0) {
      need(2);
      skip(2 + (unsigned(position) | unsigned(position + 1) << 8));
    }
    if ((flags & FILE_NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
  }

  private void member(Inflater inflater) {
    int first = length;
    inflater.reset();
    inflater.setInput(body, position, end - position);
    try {
      while (!inflater.finished()) {
        if (length == out.length) {
          grow();
        }
        int count = inflater.inflate(out, length, out.length - length);
        length += count;
        if (length > limit) {
          throw new TooLargeException(limit);
        }
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw malformed("Compressed data that does not end");
        }
      }
    } catch (DataFormatException _) {
      throw malformed("Compressed data that is damaged");
    }
    position = end - inflater.getRemaining();
    trailer(first);
  }

  private void trailer(int first) {
    need(TRAILER_BYTES);
    var checksum = new CRC32();
    checksum.update(out, first, length - first);
    if (fourBytes(position) != (int) checksum.getValue()
        || fourBytes(position + 4) != length - first) {
      throw malformed("A checksum that is not that of the data");
    }
    position += TRAILER_BYTES;
  }

  /** One byte more than the limit is room enough to see that it is passed. */
  private void grow() {
    long room = Math.max(FIRST_ROOM, 2L * out.length);
    out = Arrays.copyOf(out, (int) Math.min(room, limit + 1L));
  }

  private void skipText() {
    while (position < end && body[position] != 0) {
      position++;
    }
    skip(1);
  }

  private void skip(int count) {
    need(count);
    position += count;
  }

  private void need(int count) {
    if (end - position < count) {
      throw malformed("The end of gzip is missing");
    }
  }

  private int unsigned(int at) {
    return body[at] & 0xFF;
  }

  private int fourBytes(int at) {
    return unsigned(at) | unsigned(at + 1) << 8 | unsigned(at + 2) << 16 | unsigned(at + 3) << 24;
  }

  private OtlpFormatException malformed(String what) {
    return new OtlpFormatException(what + " at byte " + (position - offset));
  }
}
