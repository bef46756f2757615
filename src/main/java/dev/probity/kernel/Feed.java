package dev.probity.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Tells those who look on what has just been stored. Publishing never waits: a subscriber that is
 * too slow loses the oldest and is told how many.
 */
public final class Feed<T> {
  /**
   * What a subscriber gets.
   *
   * @param items oldest first
   * @param missed how many were dropped before these because the subscriber was slow
   */
  public record News<T>(List<T> items, long missed) {
    public boolean isEmpty() {
      return items.isEmpty() && missed == 0;
    }
  }

  private final Function<T, OrganizationId> organizationOf;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * @param organizationOf whose an item is: nobody else is told of it
   */
  public Feed(Function<T, OrganizationId> organizationOf) {
    this.organizationOf = organizationOf;
  }

  /**
   * Begins to listen to what is one organization's.
   *
   * @param capacity how many items are kept for a slow subscriber
   */
  public Subscription subscribe(OrganizationId organization, int capacity) {
    Subscription subscription = new Subscription(organization, capacity);
    subscriptions.add(subscription);
    return subscription;
  }

  public boolean hasSubscribers() {
    return !subscriptions.isEmpty();
  }

  /** Tells everyone; called after the items are in the store. */
  public void publish(List<T> items) {
    for (Subscription subscription : subscriptions) {
      subscription.offer(items);
    }
  }

  /** One listener. Close it when it is done. */
  public final class Subscription implements AutoCloseable {
    private final OrganizationId organization;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();
    private long missed;
    private boolean closed;

    private Subscription(OrganizationId organization, int capacity) {
      this.organization = organization;
      this.capacity = capacity;
    }

    /**
     * Waits for news.
     *
     * @return what came since the last call; empty if nothing came in time or this was closed
     */
    public News<T> next(long timeoutMillis) throws InterruptedException {
      long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      lock.lock();
      try {
        while (waiting.isEmpty() && !closed && nanos > 0) {
          nanos = news.awaitNanos(nanos);
        }
        News<T> taken = new News<>(new ArrayList<>(waiting), missed);
        waiting.clear();
        missed = 0;
        return taken;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      subscriptions.remove(this);
      lock.lock();
      try {
        closed = true;
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void offer(List<T> items) {
      lock.lock();
      try {
        for (T item : items) {
          if (organizationOf.apply(item).equals(organization)) {
            if (waiting.size() == capacity) {
              waiting.removeFirst();
              missed++;
            }
            waiting.addLast(item);
          }
        }
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
