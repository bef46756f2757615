package dev.probity.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be closed in the reverse order. */
final class Running implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Running.class.getName());

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Remembers a part, and hands it on. */
  <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    AutoCloseable part;
    while ((part = parts.poll()) != null) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "a part did not close properly", e);
      }
    }
  }
}
