package dev.probity.journal;

import dev.probity.kernel.seal.Sealer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Checks that the journal encrypts: writes a text into a segment made for this, and tries to find
 * it where it must not be.
 */
public final class SegmentCheck {
  private static final int BYTES = 16 << 10;
  private static final long NUMBER = 1;

  private SegmentCheck() {}

  /**
   * Runs the check.
   *
   * @param folder an empty one
   * @return what is wrong; empty if nothing is
   */
  public static Optional<String> run(Path folder, RandomGenerator random) throws IOException {
    Sealer keys = newSealer(random);
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    byte[] canary = HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII);
    Path file = SegmentFile.path(folder, NUMBER);
    byte[] key = SegmentFile.create(folder, NUMBER, BYTES, keys, random);
    Segment segment = Segment.forAppending(NUMBER, file, key, canary.length);
    int offset = segment.append((byte) 1, canary, 0, canary.length);
    segment.force(0, segment.end());
    segment.close();
    String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
    if (raw.contains(new String(canary, StandardCharsets.US_ASCII))) {
      return Optional.of("a text that was stored can be read in a journal segment");
    }
    if (opens(file, newSealer(random))) {
      return Optional.of("a journal segment opens with a wrong key");
    }
    if (!(read(file, key, offset) instanceof Segment.Read.Entry)) {
      return Optional.of("a journal segment does not give back what was stored");
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[offset + Segment.recordBytes(canary.length) / 2] ^= 0x10;
    Files.write(file, bytes);
    if (!(read(file, key, offset) instanceof Segment.Read.Damage)) {
      return Optional.of("a flipped bit in a journal segment is not noticed");
    }
    return Optional.empty();
  }

  private static Sealer newSealer(RandomGenerator random) {
    byte[] key = new byte[Sealer.KEY_BYTES];
    random.nextBytes(key);
    return new Sealer(key, random);
  }

  private static boolean opens(Path file, Sealer keys) throws IOException {
    try {
      SegmentFile.key(file, NUMBER, keys);
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  private static Segment.Read read(Path file, byte[] key, int offset) throws IOException {
    Segment segment = Segment.forReading(NUMBER, file, key);
    try {
      return segment.read(offset);
    } finally {
      segment.close();
    }
  }
}
