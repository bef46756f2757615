package dev.probity.telemetry.dialect;

import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.otlp.Resource;
import java.util.List;
import java.util.Optional;

/** Every dialect, the most particular first. */
public final class Dialects {
  private final List<Dialect> all;

  Dialects(List<Dialect> all) {
    this.all = List.copyOf(all);
  }

  /**
   * The agents that are known, and at the end one dialect for everybody. May be shared by threads.
   *
   * @param values hashes what says who somebody is
   */
  public static Dialects all(PersonalValues values) {
    return new Dialects(
        List.of(
            new ClaudeCode(values),
            new Codex(values),
            new QwenCode(values),
            new GeminiCli(values),
            new CopilotChat(values),
            new OpenCode(values),
            new Cursor(values),
            new Unknown(values)));
  }

  /** The dialect of a resource; the last one speaks for everybody. */
  public Optional<Dialect> of(Resource resource) {
    for (Dialect dialect : all) {
      if (dialect.speaks(resource)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
