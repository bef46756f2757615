package dev.probity.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings entries to the sink, on its own thread: in order, in batches, again and again until the
 * sink takes them. On a quiet system an entry is there within some tens of milliseconds; on a busy
 * one batches grow.
 */
public final class JournalDrain implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JournalDrain.class.getName());
  private static final int BATCH_ENTRIES = 2048;
  private static final long FIRST_BACKOFF_NANOS = 50_000_000L;
  private static final long LONGEST_BACKOFF_NANOS = 5_000_000_000L;
  private static final int FULL_BATCH_BYTES = 640 << 10;
  private static final long NAP_NANOS = 20_000_000L;

  private final Journal journal;
  private final JournalReader reader;
  private final JournalSink sink;
  private final long lingerNanos;
  private final long busyLingerNanos;
  private final Thread thread;
  private final List<Long> unretired = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private volatile long appliedPosition;
  private final AtomicLong appliedEntries = new AtomicLong();
  private volatile long appliedLiveBytes;
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile boolean stopped;
  private boolean failing;

  private JournalDrain(
      Journal journal, JournalReader reader, JournalSink sink, JournalSettings settings) {
    this.journal = journal;
    this.reader = reader;
    this.sink = sink;
    lingerNanos = TimeUnit.MILLISECONDS.toNanos(settings.lingerMillis());
    busyLingerNanos = TimeUnit.MILLISECONDS.toNanos(settings.busyLingerMillis());
    thread = Thread.ofPlatform().name("probity-journal-drain").daemon().unstarted(this::run);
  }

  static JournalDrain start(
      Journal journal, JournalReader reader, JournalSink sink, JournalSettings settings) {
    JournalDrain drain = new JournalDrain(journal, reader, sink, settings);
    drain.thread.start();
    return drain;
  }

  /**
   * Waits until the sink has everything that was appended before this call, and what it has of
   * whole segments is deleted.
   *
   * @return whether it has; false after the time is up or the drain was closed
   */
  public boolean awaitDrained(long timeoutMillis) throws InterruptedException {
    long target = journal.endPosition();
    long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lock();
    try {
      waiters.incrementAndGet();
      LockSupport.unpark(thread);
      while (appliedPosition < target && nanos > 0 && thread.isAlive()) {
        nanos = progress.awaitNanos(nanos);
      }
      return appliedPosition >= target;
    } finally {
      waiters.decrementAndGet();
      lock.unlock();
    }
  }

  public JournalStatus status() {
    Journal.Appended appended = journal.appended();
    return new JournalStatus(
        appended.entries(),
        appliedEntries.get(),
        journal.files(),
        Math.max(0, appended.bytes() - appliedLiveBytes),
        reader.skippedBytes(),
        reader.corruptEntries());
  }

  /** Ends the thread after the batch it is at; what was not applied stays in the journal. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopped) {
        List<JournalEntry> batch = reader.read(BATCH_ENTRIES);
        if (apply(batch)) {
          retire();
          noteProgress(batch.size());
        }
        if (!reader.filled()) {
          linger(batch.isEmpty());
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal cannot be read; nothing reaches the stores until a restart",
          e);
    } finally {
      reader.close();
      tellWaiters();
    }
  }

  private boolean apply(List<JournalEntry> batch) {
    return batch.isEmpty() || untilItWorks("take entries in", () -> sink.apply(batch));
  }

  private void noteProgress(int entries) {
    appliedEntries.addAndGet(entries);
    appliedLiveBytes = reader.liveBytes();
    appliedPosition = Math.max(appliedPosition, reader.position());
    tellWaiters();
  }

  /** Deletes segments that were read to their end, once the sink has made them durable. */
  private void retire() throws IOException {
    unretired.addAll(reader.takeFinished());
    if (unretired.isEmpty() || !untilItWorks("make entries durable", sink::makeDurable)) {
      return;
    }
    for (long number : unretired) {
      journal.retire(number);
    }
    unretired.clear();
  }

  /**
   * Tries until it works, waiting longer and longer; says so once.
   *
   * @return false if the drain was closed before it worked
   */
  private boolean untilItWorks(String what, Runnable step) {
    long backoffNanos = FIRST_BACKOFF_NANOS;
    while (!stopped) {
      try {
        step.run();
        if (failing) {
          failing = false;
          LOG.log(System.Logger.Level.INFO, "the store works again");
        }
        return true;
      } catch (RuntimeException e) {
        if (!failing) {
          failing = true;
          LOG.log(
              System.Logger.Level.ERROR,
              "the store could not " + what + "; the journal keeps them, and this is tried again",
              e);
        }
        LockSupport.parkNanos(this, backoffNanos);
        backoffNanos = Math.min(2 * backoffNanos, LONGEST_BACKOFF_NANOS);
      }
    }
    return false;
  }

  /** Waits for entries: for the first one if there was none, then a little for others. */
  private void linger(boolean idle) {
    if (idle) {
      journal.wakeAtNextAppend(Thread.currentThread());
      if (!hasMore() && waiters.get() == 0 && !stopped) {
        LockSupport.park(this);
      }
      nap(lingerNanos);
    } else {
      nap(busyLingerNanos);
    }
  }

  private boolean hasMore() {
    return appliedPosition < journal.endPosition();
  }

  /** Waits, in short naps, unless somebody is in a hurry or there is a full batch already. */
  private void nap(long nanos) {
    long left = nanos;
    long appliedBefore = appliedLiveBytes;
    while (left > 0 && waiters.get() == 0 && !stopped) {
      LockSupport.parkNanos(this, Math.min(left, NAP_NANOS));
      left -= NAP_NANOS;
      if (journal.appended().bytes() - appliedBefore > FULL_BATCH_BYTES) {
        return;
      }
    }
  }

  private void tellWaiters() {
    lock.lock();
    try {
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
