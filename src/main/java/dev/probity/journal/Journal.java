package dev.probity.journal;

import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.kernel.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The durable log between the hot path and the stores. An append is an encryption and a copy into
 * mapped memory: when it returns, the entry survives the death of the process; after {@link
 * #awaitDurable} it survives the death of the machine. The {@link JournalDrain} brings the entries
 * to the stores, in order, and deletes what they have.
 *
 * <p>After a restart a new segment is begun, always, so that no nonce comes twice.
 */
public final class Journal implements AutoCloseable {
  /** Segment numbers follow the clock, so that a deleted folder does not make positions fall. */
  private static final long EPOCH_SECONDS = 1_577_836_800L;

  private final JournalSettings settings;
  private final Clock clock;
  private final Path folder;
  private final FolderLock folderLock;
  private final Sealer keys;
  private final SegmentMaker maker;
  private final Forcer forcer;
  private final List<Long> recovered;
  private final long firstNumber;
  private final int reserveBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition nextIsReady = lock.newCondition();
  private volatile Segment current;
  private volatile @Nullable Thread idleReader;
  private volatile long rolledAtMillis;

  // Guarded by the lock.
  private long appendedEntries;
  private long appendedBytes;
  private boolean closed;

  /**
   * Opens the journal, making its folder on first use.
   *
   * @param random makes the segments' keys; must be fit for cryptography
   * @throws JournalException if the folder cannot be written or what is in it was written under
   *     another master key, or another process works in it
   */
  public static Journal open(
      Path folder, JournalSettings settings, MasterKey key, Clock clock, RandomGenerator random) {
    try {
      Files.createDirectories(folder);
      FolderLock folderLock = FolderLock.take(folder);
      try {
        Sealer keys = new Sealer(key.derive("journal", Sealer.KEY_BYTES), random);
        return new Journal(folder, folderLock, settings, keys, clock, random);
      } catch (IOException | RuntimeException e) {
        folderLock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException("The journal in " + folder + " cannot be opened: " + e, e);
    }
  }

  private Journal(
      Path folder,
      FolderLock folderLock,
      JournalSettings settings,
      Sealer keys,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    this.folder = folder;
    this.folderLock = folderLock;
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    // For what is in flight. The larger it is, the sooner a slow disk makes requests be refused.
    reserveBytes = settings.segmentBytes() / 16;
    Recovery recovery = Recovery.look(folder, keys);
    recovered = recovery.readable();
    long number = Math.max(recovery.newest() + 1, clock.millis() / 1000 - EPOCH_SECONDS);
    maker =
        new SegmentMaker(
            folder,
            number,
            recovered.size(),
            settings,
            keys,
            random,
            this::signalReady,
            this::rollIfStale);
    current = maker.first();
    rolledAtMillis = clock.millis();
    firstNumber = current.number();
    forcer = new Forcer(() -> current, settings);
    maker.start();
    forcer.start();
  }

  /** The largest payload of an entry. */
  public int maxEntryBytes() {
    return settings.maxEntryBytes();
  }

  /** Whether an entry of ordinary size would find room now. */
  public boolean hasRoom() {
    return (current.remaining() >= reserveBytes || maker.isReady()) && !forcer.hasFailed();
  }

  /**
   * Appends an entry. When this returns, it survives the death of the process.
   *
   * @param kind not 0; tells readers whose entry it is
   * @return its position
   * @throws JournalFullException if there is no room, after waiting a little if the disk is slow
   */
  public long append(byte kind, byte[] payload, int offset, int length) {
    if (length > settings.maxEntryBytes()) {
      throw new IllegalArgumentException(
          "journal entry: "
              + length
              + " bytes (expected: at most "
              + settings.maxEntryBytes()
              + ")");
    }
    int recordBytes = Segment.recordBytes(length);
    long position;
    lock.lock();
    try {
      while (current.remaining() < recordBytes || closed) {
        roll();
      }
      Segment segment = current;
      position = segment.number() << 32 | segment.append(kind, payload, offset, length);
      appendedBytes += recordBytes;
      appendedEntries++;
    } finally {
      lock.unlock();
    }
    forcer.wake();
    wakeReader();
    return position;
  }

  /** Waits until the entry at a position, and all before it, survive the death of the machine. */
  public void awaitDurable(long position) throws InterruptedException {
    forcer.await(position);
  }

  /** Starts a thread that brings every entry, recovered ones first, to a sink. Once only. */
  public JournalDrain drainTo(JournalSink sink) {
    return JournalDrain.start(
        this, new JournalReader(this, folder, keys, recovered, firstNumber), sink, settings);
  }

  /** Forces what was appended to the disk and ends the threads; the drain is closed before. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      nextIsReady.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      maker.stop();
      forcer.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    current.close();
    folderLock.close();
  }

  /** Ends the segment if it is old and has entries, so that a quiet journal is emptied too. */
  void rollIfStale() {
    boolean stale = clock.millis() - rolledAtMillis >= settings.maxAgeMillis();
    if (stale && current.end() > SegmentFile.HEAD_BYTES) {
      lock.lock();
      try {
        if (maker.isReady() && !closed) {
          roll();
        }
      } finally {
        lock.unlock();
      }
      wakeReader();
    }
  }

  /** The segment that is being written: all before it are complete. */
  long currentNumber() {
    return current.number();
  }

  /** Entries and bytes appended since the start. */
  Appended appended() {
    lock.lock();
    try {
      return new Appended(appendedEntries, appendedBytes);
    } finally {
      lock.unlock();
    }
  }

  record Appended(long entries, long bytes) {}

  /** The position after the last entry. */
  long endPosition() {
    Segment segment = current;
    return segment.number() << 32 | segment.end();
  }

  int files() {
    return maker.files();
  }

  /** Has the thread unparked at the next append; it must look once more before it parks. */
  void wakeAtNextAppend(Thread reader) {
    idleReader = reader;
  }

  /** Deletes a segment that the sink has. */
  void retire(long number) throws IOException {
    Files.deleteIfExists(SegmentFile.path(folder, number));
    maker.deleted();
  }

  private void signalReady() {
    lock.lock();
    try {
      nextIsReady.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wakeReader() {
    Thread reader = idleReader;
    if (reader != null) {
      idleReader = null;
      LockSupport.unpark(reader);
    }
  }

  /**
   * Makes the next segment current; the caller holds the lock. May let other threads in while it
   * waits for the disk, and returns when one of them has done it.
   */
  private void roll() {
    Segment full = current;
    long waitNanos = TimeUnit.MILLISECONDS.toNanos(settings.fullWaitMillis());
    while (current == full) {
      Segment next = closed ? null : maker.take();
      if (next != null) {
        forcer.ended(full);
        current = next;
        rolledAtMillis = clock.millis();
        return;
      }
      if (closed) {
        throw new JournalFullException("the journal is closed");
      }
      if (maker.isFailing() || waitNanos <= 0) {
        throw new JournalFullException(
            "the journal is full: " + maker.files() + " files wait for the stores or the disk");
      }
      try {
        waitNanos = nextIsReady.awaitNanos(waitNanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        waitNanos = 0;
      }
    }
  }
}
