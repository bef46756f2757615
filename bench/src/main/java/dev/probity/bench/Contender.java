package dev.probity.bench;

import java.util.Optional;

/** A system that is measured. */
sealed interface Contender extends AutoCloseable permits Direct, Nginx, Probity {
  String name();

  /** Where it takes the requests of a workload, on this machine. */
  int port(Workload workload);

  /** The key that clients send. */
  String key();

  /** What runs for it; empty if nothing does. */
  Optional<ProcessTree> processes();

  /**
   * Waits until everything that a load left to be done in the background is done.
   *
   * @param answered answers with status 200 since the last call
   */
  default void settle(long answered) {}

  @Override
  void close();
}
