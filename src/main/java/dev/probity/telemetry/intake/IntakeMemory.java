package dev.probity.telemetry.intake;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all exports together may take. */
public final class IntakeMemory {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  IntakeMemory(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes; false if there are not so many left. */
  public boolean reserve(long bytes) {
    if (held.addAndGet(bytes) > limit) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  public void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /** What is taken now. */
  public long held() {
    return held.get();
  }
}
