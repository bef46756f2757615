package dev.probity.telemetry.sessions;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which sessions are asked for; what is empty does not narrow.
 *
 * @param fromMillis sessions that were active at or after it
 * @param toMillis sessions that began before it
 */
public record SessionFilter(
    Optional<String> agent,
    OptionalLong person,
    Optional<String> team,
    Optional<String> repository,
    Optional<String> branch,
    Optional<String> model,
    OptionalLong fromMillis,
    OptionalLong toMillis) {
  public static final SessionFilter ALL =
      new SessionFilter(
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
}
