package dev.probity.gateway.upstream.simulated;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends early when the provider is closed. */
final class Pause {
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @throws Closed if the provider was closed meanwhile
   */
  void millis(long millis) {
    if (millis <= 0) {
      return;
    }
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw new Closed();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Closed();
    }
  }

  void close() {
    closed.countDown();
  }

  /** The provider is going away; what was to be sent is not. */
  static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Closed() {
      super("the simulated provider was closed", null, false, false);
    }
  }
}
