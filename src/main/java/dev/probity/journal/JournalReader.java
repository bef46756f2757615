package dev.probity.journal;

import dev.probity.kernel.seal.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads the journal from its oldest entry on, across segments, once. For one thread. */
final class JournalReader {
  private static final System.Logger LOG = System.getLogger(JournalReader.class.getName());

  /** A batch ends here even if more entries would be allowed. */
  private static final int BATCH_BYTES = 8 << 20;

  private final Journal journal;
  private final Path folder;
  private final Sealer keys;
  private final Deque<Long> recovered;
  private final List<Long> finished = new ArrayList<>();
  private long nextLive;
  private @Nullable Segment segment;
  private int offset;
  private final AtomicLong skippedBytes = new AtomicLong();
  private final AtomicLong corruptEntries = new AtomicLong();
  private long liveBytes;
  private boolean filled;

  /**
   * @param recovered numbers of segments that an earlier process wrote, oldest first
   * @param firstLive the first segment of this process
   */
  JournalReader(Journal journal, Path folder, Sealer keys, List<Long> recovered, long firstLive) {
    this.journal = journal;
    this.folder = folder;
    this.keys = keys;
    this.recovered = new ArrayDeque<>(recovered);
    nextLive = firstLive;
  }

  /** The next entries, up to this many; fewer, or none, if there are no more now. */
  List<JournalEntry> read(int atMost) throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    int bytes = 0;
    filled = false;
    while (entries.size() < atMost && bytes < BATCH_BYTES) {
      Segment from = segment();
      if (from == null) {
        return entries;
      }
      // Asked before reading: what is complete then can have no entry after its end.
      boolean complete = from.number() < journal.currentNumber();
      switch (from.read(offset)) {
        case Segment.Read.Entry(JournalEntry entry, int next) -> {
          entries.add(entry);
          bytes += entry.payload().length;
          liveBytes += recovered.isEmpty() ? next - offset : 0;
          offset = next;
        }
        case Segment.Read.End() -> {
          if (!complete) {
            return entries;
          }
          noteUnfinished(from);
          finish(from);
        }
        case Segment.Read.Damage(int next) -> skipDamage(from, next);
      }
    }
    filled = true;
    return entries;
  }

  /** Whether the last batch ended because it was full, not because there was no more. */
  boolean filled() {
    return filled;
  }

  /** Everything before this position was read. */
  long position() {
    return segment == null ? 0 : segment.number() << 32 | offset;
  }

  /** How much of what this process appended was read. */
  long liveBytes() {
    return liveBytes;
  }

  /** Segments that were read to their end since the last call. */
  List<Long> takeFinished() {
    List<Long> taken = List.copyOf(finished);
    finished.clear();
    return taken;
  }

  long skippedBytes() {
    return skippedBytes.get();
  }

  long corruptEntries() {
    return corruptEntries.get();
  }

  void close() {
    if (segment != null) {
      segment.close();
      segment = null;
    }
  }

  private @Nullable Segment segment() throws IOException {
    if (segment == null) {
      Long number = recovered.peek();
      if (number == null) {
        if (nextLive > journal.currentNumber()) {
          return null;
        }
        number = nextLive;
      }
      Path file = SegmentFile.path(folder, number);
      segment = Segment.forReading(number, file, SegmentFile.key(file, number, keys));
      offset = SegmentFile.HEAD_BYTES;
    }
    return segment;
  }

  private void finish(Segment from) {
    from.close();
    segment = null;
    finished.add(from.number());
    if (recovered.poll() == null) {
      nextLive++;
    }
  }

  private void noteUnfinished(Segment from) {
    // Only an earlier process can have left something half done.
    int bytes = recovered.isEmpty() ? 0 : from.writtenBytesFrom(offset);
    if (bytes > 0) {
      skippedBytes.addAndGet(bytes);
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: {1} bytes of an unfinished entry were skipped; it was never acknowledged",
          from.file(),
          String.valueOf(bytes));
    }
  }

  /**
   * The last record of a segment may be half there after a power failure; that is not a loss of
   * anything acknowledged. Anywhere else it is: one entry, if the next one can be found.
   */
  private void skipDamage(Segment from, int next) {
    boolean last =
        next > 0
            ? from.writtenBytesFrom(next) == 0
            : from.isTruncated() || from.writtenBytesFrom(offset) <= Long.BYTES;
    if (last) {
      noteUnfinished(from);
      finish(from);
      return;
    }
    corruptEntries.incrementAndGet();
    boolean goesOn = next > 0 && from.read(next) instanceof Segment.Read.Entry;
    LOG.log(
        System.Logger.Level.ERROR,
        "{0} is damaged at byte {1}: {2}",
        from.file(),
        String.valueOf(offset),
        goesOn
            ? "one entry is lost"
            : from.writtenBytesFrom(offset) + " bytes of entries are lost");
    if (goesOn) {
      offset = next;
    } else {
      finish(from);
    }
  }
}
