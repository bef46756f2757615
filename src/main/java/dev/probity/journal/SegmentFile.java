package dev.probity.journal;

import dev.probity.kernel.seal.BrokenSealException;
import dev.probity.kernel.seal.Sealer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * A segment's file: its name, how it is made, its head.
 *
 * <pre>
 *   0  8 bytes   "PRBJRNL1"
 *   8  8 bytes   the segment's number
 *  16  8 bytes   the file's size
 *  24  60 bytes  the segment's key, sealed under the journal's, for this head
 * 128  records   (see {@link Segment})
 * </pre>
 */
final class SegmentFile {
  static final int HEAD_BYTES = 128;
  static final int SIZE_OFFSET = 16;
  private static final long MAGIC = 0x5052424a524e4c31L;
  private static final int PLACE_BYTES = 24;
  private static final int WRAPPED_BYTES = Sealer.KEY_BYTES + Sealer.OVERHEAD_BYTES;

  private SegmentFile() {}

  static Path path(Path folder, long number) {
    return folder.resolve(String.format("%010d.journal", number));
  }

  /** The number in a file's name; empty if it is not a segment's. */
  static OptionalLong number(Path file) {
    String name = file.getFileName().toString();
    if (!name.matches("\\d{10}\\.journal")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(name.substring(0, 10)));
  }

  /**
   * Makes a segment's file with all its blocks. It gets its name last, so that every file with the
   * name of a segment is whole.
   *
   * @return the segment's key
   */
  static byte[] create(Path folder, long number, int bytes, Sealer keys, RandomGenerator random)
      throws IOException {
    byte[] key = new byte[Sealer.KEY_BYTES];
    random.nextBytes(key);
    Path target = path(folder, number);
    Path draft = folder.resolve(target.getFileName() + ".new");
    try {
      Blocks.allocate(draft, bytes);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        writeFully(channel, head(number, bytes, key, keys));
        channel.force(true);
      }
      Files.move(draft, target);
    } finally {
      Files.deleteIfExists(draft);
    }
    return key;
  }

  /**
   * Reads a segment's key from its head.
   *
   * @throws JournalException if the head is damaged or the master key is another one
   */
  static byte[] key(Path file, long number, Sealer keys) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head) >= 0) {
        // Short reads are rare but allowed.
      }
    }
    if (head.hasRemaining() || head.getLong(0) != MAGIC || head.getLong(8) != number) {
      throw new JournalException(file + " is not a journal segment", null);
    }
    byte[] place = Arrays.copyOf(head.array(), PLACE_BYTES);
    byte[] wrapped = Arrays.copyOfRange(head.array(), PLACE_BYTES, PLACE_BYTES + WRAPPED_BYTES);
    try {
      return keys.open(wrapped, place);
    } catch (BrokenSealException e) {
      throw new JournalException(
          file + " does not open with this master key. Give the key that it was written with.", e);
    }
  }

  private static ByteBuffer head(long number, int bytes, byte[] key, Sealer keys) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.putLong(MAGIC).putLong(number).putLong(bytes);
    head.put(keys.seal(key, Arrays.copyOf(head.array(), PLACE_BYTES)));
    return head.clear();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
