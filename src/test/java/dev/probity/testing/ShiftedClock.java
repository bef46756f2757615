package dev.probity.testing;

import dev.probity.kernel.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clock, which a test can put forward. */
public final class ShiftedClock implements Clock {
  private final Clock system = Clock.system();
  private final AtomicLong ahead = new AtomicLong();

  public void forward(long millis) {
    ahead.addAndGet(millis);
  }

  @Override
  public long millis() {
    return system.millis() + ahead.get();
  }

  @Override
  public long nanos() {
    return system.nanos() + ahead.get() * 1_000_000;
  }
}
