package dev.probity.gateway.routing;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a deployment has been doing lately, told by the attempts made at it. One a deployment, shared
 * by all event loops, kept over reloads.
 */
public final class Health {
  /** What became of an attempt. */
  public enum Ending {
    /** The answer came, whatever it said. */
    SERVED,
    /** The deployment is to blame: no connection, 5xx, a timeout, a broken answer. */
    FAILED,
    /** It has had too much: 429, or overloaded. */
    LIMITED,
    /** Nobody is to blame: the client left, or another attempt was faster. */
    ABANDONED
  }

  private final String deployment;
  private final AtomicInteger running = new AtomicInteger();

  public Health(String deployment) {
    this.deployment = deployment;
  }

  public String deployment() {
    return deployment;
  }

  /** An attempt begins; {@link #ended} must follow. */
  public void begun(long nowNanos) {
    running.incrementAndGet();
  }

  /** The head of an answer has come. */
  public void answered(int status, HttpHeaders headers, long nowNanos) {}

  /**
   * The first content has come.
   *
   * @param tookNanos since the request was sent
   */
  public void content(long tookNanos, long nowNanos) {}

  /** The attempt is over. */
  public void ended(Ending ending, long nowNanos) {
    running.decrementAndGet();
  }

  /** Attempts that run now. */
  public int running() {
    return running.get();
  }
}
