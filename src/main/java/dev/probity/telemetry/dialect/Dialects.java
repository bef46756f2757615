package dev.probity.telemetry.dialect;

import dev.probity.telemetry.otlp.Resource;
import java.util.List;
import java.util.Optional;

/** Every dialect, the most particular first. */
public final class Dialects {
  private final List<Dialect> all;

  Dialects(List<Dialect> all) {
    this.all = List.copyOf(all);
  }

  /** The dialect of a resource; the last one speaks for everybody. */
  public Optional<Dialect> of(Resource resource) {
    return all.stream().filter(dialect -> dialect.speaks(resource)).findFirst();
  }
}
