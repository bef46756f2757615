package dev.probity.gateway.log;

import dev.probity.gateway.Exchange;
import dev.probity.kernel.OrganizationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells those who look on what has just been stored. Publishing never waits: a subscriber that is
 * too slow loses the oldest and is told how many.
 */
public final class ExchangeFeed {
  /**
   * What a subscriber gets.
   *
   * @param exchanges oldest first
   * @param missed how many were dropped before these because the subscriber was slow
   */
  public record News(List<Exchange> exchanges, long missed) {
    public boolean isEmpty() {
      return exchanges.isEmpty() && missed == 0;
    }
  }

  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * Begins to listen to one organization's exchanges.
   *
   * @param capacity how many exchanges are kept for a slow subscriber
   */
  public Subscription subscribe(OrganizationId organization, int capacity) {
    Subscription subscription = new Subscription(organization, capacity);
    subscriptions.add(subscription);
    return subscription;
  }

  public boolean hasSubscribers() {
    return !subscriptions.isEmpty();
  }

  /** Tells everyone; called after the exchanges are in the store. */
  public void publish(List<Exchange> exchanges) {
    for (Subscription subscription : subscriptions) {
      subscription.offer(exchanges);
    }
  }

  /** One listener. Close it when it is done. */
  public final class Subscription implements AutoCloseable {
    private final OrganizationId organization;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
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
    public News next(long timeoutMillis) throws InterruptedException {
      long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      lock.lock();
      try {
        while (waiting.isEmpty() && !closed && nanos > 0) {
          nanos = news.awaitNanos(nanos);
        }
        News taken = new News(new ArrayList<>(waiting), missed);
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

    private void offer(List<Exchange> exchanges) {
      lock.lock();
      try {
        for (Exchange exchange : exchanges) {
          if (exchange.organization().equals(organization)) {
            if (waiting.size() == capacity) {
              waiting.removeFirst();
              missed++;
            }
            waiting.addLast(exchange);
          }
        }
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
