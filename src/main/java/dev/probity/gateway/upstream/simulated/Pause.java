package dev.probity.gateway.upstream.simulated;

import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends early when the provider is closed. */
final class Pause {
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @throws CloseConnectionException if the provider was closed meanwhile: what was to be sent is
   *     not
   */
  void millis(long millis) {
    if (millis <= 0) {
      return;
    }
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw new CloseConnectionException("simulated: closed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("simulated: closed");
    }
  }

  void close() {
    closed.countDown();
  }
}
