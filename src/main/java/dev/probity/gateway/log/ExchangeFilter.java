package dev.probity.gateway.log;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.Outcome;
import dev.probity.http.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The filter that URLs carry, the same in the API and on the pages. */
public final class ExchangeFilter {
  /** What {@link #read} looks at. */
  public static final List<String> NAMES =
      List.of("model", "key", "outcome", "session", "from", "to");

  private static final List<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(Outcome::text).toList();

  private ExchangeFilter() {}

  public static ExchangeQuery.Filter read(Parameters query) {
    Optional<String> outcome = query.oneOf("outcome", OUTCOMES);
    return new ExchangeQuery.Filter(
        query.text("model"),
        query.text("key"),
        outcome,
        query.text("session"),
        query.time("from"),
        query.time("to"));
  }
}
