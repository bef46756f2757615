package dev.probity.gateway.door;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all request bodies together may take. */
final class BodyBudget {
  private final AtomicLong held = new AtomicLong();

  boolean reserve(int bytes, long limit) {
    if (held.addAndGet(bytes) > limit) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(int bytes) {
    if (bytes != 0) {
      held.addAndGet(-bytes);
    }
  }

  long held() {
    return held.get();
  }
}
