package dev.probity.telemetry.office;

import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who of one organization is at work, and on what. Told of reports as they are stored; asked for
 * the desks at a time. Safe for several threads.
 */
public final class Office {
  /** Sessions that are looked at; the one that has been quiet longest makes room. */
  static final int MOST_SESSIONS = 2_000;

  private record Key(String agent, String session) {
    static Key of(SessionFacts facts) {
      return new Key(facts.agent(), facts.session());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The one that was told of last at the end. */
  private final Map<Key, Seat> seats = new LinkedHashMap<>(64, 0.75f, true);

  private long version;

  /**
   * Takes what has just been stored. What is of no session in particular, or without events, seats
   * nobody.
   */
  public void take(Stored stored) {
    take(stored.report().facts(), stored.person(), moments(stored.report()), true);
  }

  /** Takes what happened in a session, in the order of time; its sums are known already. */
  void recall(SessionFacts facts, long person, List<Moment> moments) {
    take(facts, person, moments, false);
  }

  private void take(SessionFacts facts, long person, List<Moment> moments, boolean counts) {
    if (facts.session().isEmpty() || moments.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      Seat seat = seat(facts, person);
      seat.learn(facts, person);
      for (Moment moment : moments) {
        seat.take(moment);
        if (counts) {
          seat.count(moment);
        }
      }
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  static List<Moment> moments(SessionReport report) {
    List<Moment> moments = new ArrayList<>(report.events().size());
    for (AgentEvent event : report.events()) {
      moments.add(Moment.of(event));
    }
    moments.sort(Moment.IN_ORDER);
    return moments;
  }

  /** Whether anything is known of a session. */
  boolean knows(SessionFacts facts) {
    lock.lock();
    try {
      return seats.containsKey(Key.of(facts));
    } finally {
      lock.unlock();
    }
  }

  /** Takes over the sums of a session so far. */
  void counted(SessionRow row) {
    lock.lock();
    try {
      seat(row.facts(), row.person()).counted(row);
    } finally {
      lock.unlock();
    }
  }

  private Seat seat(SessionFacts facts, long person) {
    Seat seat = seats.computeIfAbsent(Key.of(facts), key -> new Seat(facts, person));
    if (seats.size() > MOST_SESSIONS) {
      seats.remove(seats.keySet().iterator().next());
    }
    return seat;
  }

  /** Everyone who has not gone, in the order of arrival. */
  public List<Desk> desks(long nowMillis) {
    lock.lock();
    try {
      List<Desk> desks = new ArrayList<>(seats.size());
      Iterator<Seat> each = seats.values().iterator();
      while (each.hasNext()) {
        Seat seat = each.next();
        Desk desk = seat.desk(nowMillis);
        if (desk.state().activity() != Activity.GONE) {
          desks.add(desk);
        } else if (nowMillis - seat.heardMillis() >= Seat.GONE_MILLIS) {
          each.remove();
        }
      }
      desks.sort(Comparator.comparingLong(Desk::startedMillis).thenComparing(Desk::key));
      return desks;
    } finally {
      lock.unlock();
    }
  }

  /** Counts what was taken, so that one can wait for more. */
  public long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something more was taken than at a version, or for the time. */
  public void awaitNews(long seenVersion, long timeoutMillis) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lock();
    try {
      while (version == seenVersion && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
