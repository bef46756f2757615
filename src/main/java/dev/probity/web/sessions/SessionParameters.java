package dev.probity.web.sessions;

import dev.probity.http.Parameters;
import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.SessionFilter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The filters that URLs carry, the same in the API and on the pages. */
public final class SessionParameters {
  /** By what sums can be narrowed. */
  public static final List<String> DIMENSIONS =
      List.of("agent", "model", "person", "team", "repository", "branch", "plan");

  private SessionParameters() {}

  /** Reads agent, person, team, repository, branch, model, from and to. */
  public static SessionFilter read(Parameters query) {
    return new SessionFilter(
        query.text("agent"),
        person(query),
        query.text("team"),
        query.text("repository"),
        query.text("branch"),
        query.text("model"),
        query.time("from"),
        query.time("to"));
  }

  private static OptionalLong person(Parameters query) {
    Optional<String> text = query.text("person");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw Parameters.wrong("person", "a person's id, as GET /api/people lists it");
    }
  }

  /** Whether a sum is of what a URL asks for. */
  public static boolean matches(Parameters query, Dimensions dimensions) {
    return DIMENSIONS.stream()
        .allMatch(name ->
            query.text(name).map(wanted -> wanted.equals(value(dimensions, name))).orElse(true));
  }

  /** A dimension by its name in URLs; empty where it is not known. */
  public static String value(Dimensions dimensions, String name) {
    return switch (name) {
      case "agent" -> dimensions.agent();
      case "model" -> dimensions.model();
      case "person" -> dimensions.person() == 0 ? "" : Long.toString(dimensions.person());
      case "team" -> dimensions.team();
      case "repository" -> dimensions.repository();
      case "branch" -> dimensions.branch();
      case "plan" -> dimensions.plan();
      default ->
          throw new IllegalArgumentException(name + " (expected: one of " + DIMENSIONS + ")");
    };
  }
}
