package dev.probity.testing;

import dev.probity.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. */
public final class FixedClock implements Clock {
  /** A Friday afternoon. */
  public static final Instant START = Instant.parse("2026-11-20T15:00:00Z");

  private final AtomicLong millis = new AtomicLong(START.toEpochMilli());

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public long nanos() {
    return millis.get() * 1_000_000;
  }

  public void advance(Duration duration) {
    millis.addAndGet(duration.toMillis());
  }
}
