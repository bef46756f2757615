package dev.probity.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: forces what was appended to the disk, on its own thread, a few milliseconds after
 * somebody began to wait for it, or some tens if nobody does.
 */
final class Forcer {
  private static final System.Logger LOG = System.getLogger(Forcer.class.getName());

  private final Supplier<Segment> newest;
  private final long lingerNanos;
  private final long lazyNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();

  /** Segments that are full but not forced to their end; oldest first. Guarded by the lock. */
  private final Deque<Segment> ended = new ArrayDeque<>();

  private final Thread thread;

  /** Everything before this position is on the disk. */
  private volatile long durable;

  /** After a failed force nobody knows what is on the disk, so it is not tried again. */
  private volatile @Nullable RuntimeException failure;

  /** Threads in {@link #await}. */
  private final AtomicInteger waiters = new AtomicInteger();

  private volatile boolean idle;
  private volatile boolean stopped;
  private volatile boolean finished;

  /**
   * @param newest the segment being written
   */
  Forcer(Supplier<Segment> newest, JournalSettings settings) {
    this.newest = newest;
    lingerNanos = TimeUnit.MILLISECONDS.toNanos(settings.forceMillis());
    lazyNanos = TimeUnit.MILLISECONDS.toNanos(settings.lazyForceMillis());
    thread = Thread.ofPlatform().name("probity-journal-force").daemon().unstarted(this::run);
  }

  void start() {
    durable = newest.get().number() << 32 | SegmentFile.HEAD_BYTES;
    thread.start();
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Something was appended. */
  void wake() {
    if (idle) {
      idle = false;
      LockSupport.unpark(thread);
    }
  }

  /** A segment is full; called before the next one becomes the newest. */
  void ended(Segment segment) {
    lock.lock();
    try {
      ended.add(segment);
    } finally {
      lock.unlock();
    }
  }

  void await(long position) throws InterruptedException {
    if (durable > position) {
      return;
    }
    waiters.incrementAndGet();
    LockSupport.unpark(thread);
    lock.lock();
    try {
      while (durable <= position) {
        if (failure != null || finished) {
          throw new JournalException(
              "The journal is closed, or could not be forced to the disk. Check the disk, then"
                  + " restart.",
              failure);
        }
        progress.await();
      }
    } finally {
      lock.unlock();
      waiters.decrementAndGet();
    }
  }

  /** Forces the rest and ends the thread. */
  void stop() throws InterruptedException {
    stopped = true;
    LockSupport.unpark(thread);
    thread.join();
  }

  private void run() {
    while (!stopped && failure == null) {
      idle = true;
      if (!hasNew()) {
        LockSupport.park(this);
      }
      idle = false;
      if (hasNew()) {
        linger();
        tryForce();
      }
    }
    if (failure == null) {
      tryForce();
    }
    finished = true;
    tellWaiters();
  }

  private void linger() {
    if (waiters.get() == 0) {
      LockSupport.parkNanos(this, lazyNanos);
    }
    if (waiters.get() > 0 && !stopped) {
      LockSupport.parkNanos(this, lingerNanos);
    }
  }

  private boolean hasNew() {
    Segment segment = newest.get();
    return (segment.number() << 32 | segment.end()) > durable;
  }

  private void tryForce() {
    try {
      force();
    } catch (RuntimeException e) {
      failure = e;
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal could not be forced to the disk; no more requests are taken. Check the disk,"
              + " then restart",
          e);
    }
    tellWaiters();
  }

  /**
   * The newest segment is looked at first and the ended ones after it: then every segment before
   * the newest has been forced or is among them.
   */
  private void force() {
    Segment last = newest.get();
    int end = last.end();
    for (Segment segment : takeEnded()) {
      segment.force(from(segment), segment.end());
      segment.close();
    }
    last.force(from(last), end);
    durable = Math.max(durable, last.number() << 32 | end);
  }

  private int from(Segment segment) {
    return segment.number() == durable >>> 32 ? (int) durable : SegmentFile.HEAD_BYTES;
  }

  private List<Segment> takeEnded() {
    lock.lock();
    try {
      List<Segment> taken = new ArrayList<>(ended);
      ended.clear();
      return taken;
    } finally {
      lock.unlock();
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
