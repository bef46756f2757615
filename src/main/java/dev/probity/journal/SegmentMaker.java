package dev.probity.journal;

import dev.probity.kernel.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one segment ready ahead of need, on its own thread, so that an append never waits for the
 * disk. While it cannot (the disk is full, or the journal has reached its size) it keeps trying,
 * and the journal fills up and pushes back.
 */
final class SegmentMaker {
  private static final System.Logger LOG = System.getLogger(SegmentMaker.class.getName());
  private static final long RETRY_NANOS = 250_000_000L;

  /** Files made ahead: a disk that is busy may take seconds for one. */
  private static final int AHEAD = 3;

  private static final long PATROL_NANOS = 10_000_000_000L;

  private final Path folder;
  private final JournalSettings settings;
  private final Sealer keys;
  private final RandomGenerator random;
  private final Runnable ready;
  private final Runnable patrol;
  private final Thread thread;

  /** Files on disk, the ready one included. */
  private final AtomicInteger files;

  private long nextNumber;
  private final Queue<Segment> made = new ConcurrentLinkedQueue<>();
  private volatile boolean failing;
  private volatile boolean stopped;

  /**
   * @param files how many there are already
   * @param ready told, on the maker's thread, that a segment can be taken
   * @param patrol called now and then on the maker's thread
   */
  SegmentMaker(
      Path folder,
      long firstNumber,
      int files,
      JournalSettings settings,
      Sealer keys,
      RandomGenerator random,
      Runnable ready,
      Runnable patrol) {
    this.folder = folder;
    this.nextNumber = firstNumber;
    this.files = new AtomicInteger(files);
    this.settings = settings;
    this.keys = keys;
    this.random = random;
    this.ready = ready;
    this.patrol = patrol;
    thread = Thread.ofPlatform().name("probity-journal-maker").daemon().unstarted(this::run);
  }

  /** Makes the first segment on the caller's thread, so that opening fails if the disk does. */
  Segment first() {
    try {
      return make();
    } catch (IOException e) {
      throw new JournalException(
          "The journal in " + folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  void start() {
    thread.start();
  }

  boolean isReady() {
    return !made.isEmpty();
  }

  /** Whether waiting for the next segment is pointless for now. */
  boolean isFailing() {
    return failing;
  }

  int files() {
    return files.get();
  }

  /** The segment that was made ahead, if there is one; callers take turns. */
  @Nullable Segment take() {
    Segment segment = made.poll();
    if (segment != null) {
      LockSupport.unpark(thread);
    }
    return segment;
  }

  /** A file was deleted. */
  void deleted() {
    files.decrementAndGet();
    LockSupport.unpark(thread);
  }

  /** Ends the thread; a segment that nobody took is deleted. */
  void stop() throws InterruptedException {
    stopped = true;
    LockSupport.unpark(thread);
    thread.join();
    Segment unused;
    while ((unused = made.poll()) != null) {
      try {
        unused.close();
        Files.deleteIfExists(unused.file());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "an unused journal segment stays", e);
      }
    }
  }

  private void run() {
    while (!stopped) {
      if (made.size() < AHEAD && tryMake()) {
        continue;
      }
      if (!made.isEmpty()) {
        patrol.run();
      }
      LockSupport.parkNanos(made.size() < AHEAD ? RETRY_NANOS : PATROL_NANOS);
    }
  }

  private boolean tryMake() {
    if ((files.get() + 1L) * settings.segmentBytes() > settings.maxBytes()) {
      failing = made.isEmpty();
      return false;
    }
    try {
      made.add(make());
      if (failing) {
        failing = false;
        LOG.log(System.Logger.Level.INFO, "the journal has room again");
      }
      ready.run();
      return true;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(
            System.Logger.Level.ERROR,
            "the journal cannot make its next file; it pushes back until it can",
            e);
      }
      return false;
    }
  }

  private Segment make() throws IOException {
    long number = nextNumber;
    byte[] key = SegmentFile.create(folder, number, settings.segmentBytes(), keys, random);
    Segment segment =
        Segment.forAppending(
            number, SegmentFile.path(folder, number), key, settings.maxEntryBytes());
    nextNumber = number + 1;
    files.incrementAndGet();
    return segment;
  }
}
