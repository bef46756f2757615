package dev.probity.journal;

/**
 * How much the journal may hold and how long things may wait ({@code journal:}).
 *
 * @param segmentBytes the size of one file; also bounds one entry, at a quarter of it
 * @param maxBytes all files together; when they are full of what the stores have not taken in, the
 *     journal has no room
 * @param forceMillis how long an entry that somebody awaits waits for others before they are forced
 *     to the disk together
 * @param lazyForceMillis the same for entries that nobody awaits: what a power failure may cost, as
 *     the death of the process costs nothing
 * @param lingerMillis how long the drain waits for more entries after the first
 * @param busyLingerMillis the same while entries keep coming
 * @param fullWaitMillis how long an append waits for the next file when the disk is slow
 * @param maxAgeMillis after which a file is ended, so that its entries leave the disk even when few
 *     come
 */
public record JournalSettings(
    int segmentBytes,
    long maxBytes,
    int forceMillis,
    int lazyForceMillis,
    int lingerMillis,
    int busyLingerMillis,
    int fullWaitMillis,
    long maxAgeMillis) {
  public static final JournalSettings DEFAULT =
      new JournalSettings(8 << 20, 1L << 30, 5, 50, 20, 200, 1_000, 3_600_000);

  private static final int SMALLEST_SEGMENT = 16 << 10;

  public JournalSettings {
    if (segmentBytes < SMALLEST_SEGMENT || segmentBytes % 4096 != 0) {
      throw new IllegalArgumentException(
          "journal segment: "
              + segmentBytes
              + " bytes (expected: a multiple of 4096, 16384 or more)");
    }
    if (maxBytes < 2L * segmentBytes) {
      throw new IllegalArgumentException(
          "journal: " + maxBytes + " bytes (expected: room for two segments or more)");
    }
  }

  /** The largest payload of an entry. */
  public int maxEntryBytes() {
    return segmentBytes / 4;
  }

  /** The same with other sizes. */
  public JournalSettings withSizes(int newSegmentBytes, long newMaxBytes) {
    return new JournalSettings(
        newSegmentBytes,
        newMaxBytes,
        forceMillis,
        lazyForceMillis,
        lingerMillis,
        busyLingerMillis,
        fullWaitMillis,
        maxAgeMillis);
  }
}
