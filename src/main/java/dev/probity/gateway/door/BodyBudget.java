package dev.probity.gateway.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all request bodies together may take, and what is remembered of sockets'
 * responses.
 */
public final class BodyBudget {
  private final AtomicLong held = new AtomicLong();

  /** Takes so many bytes, unless all would then hold more than {@code limit}. */
  public boolean reserve(long bytes, long limit) {
    if (held.addAndGet(bytes) > limit) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  public void release(long bytes) {
    if (bytes != 0) {
      held.addAndGet(-bytes);
    }
  }

  public long held() {
    return held.get();
  }
}
