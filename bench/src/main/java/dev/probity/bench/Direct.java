package dev.probity.bench;

import java.util.Optional;

/** The fake provider itself: what latency there is without anything in between. */
record Direct(FakeProvider provider) implements Contender {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public int port(Workload workload) {
    return provider.port();
  }

  @Override
  public String key() {
    return "sk-bench";
  }

  @Override
  public Optional<ProcessTree> processes() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
