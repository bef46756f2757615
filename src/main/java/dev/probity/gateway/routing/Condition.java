package dev.probity.gateway.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a route may be taken ({@code when:}): all that it says must hold.
 *
 * @param headers names in lower case, and globs for their values
 * @param keys globs, any of which the caller's key must match by its id or its name
 * @param above bytes that the body must have more than
 * @param below bytes that the body must have fewer than
 * @param hours in any of which it must be; empty: always
 * @param stream whether the answer must be asked for as a stream, or must not
 */
public record Condition(
    Map<String, String> headers,
    List<String> keys,
    OptionalLong above,
    OptionalLong below,
    List<Hours> hours,
    Optional<Boolean> stream) {
  public Condition {
    headers = Map.copyOf(headers);
    keys = List.copyOf(keys);
    hours = List.copyOf(hours);
  }

  /** What does not hold, as a stable word; empty if all does. */
  String unmet(Traits traits, RoutingContext around) {
    if (stream.isPresent() && stream.get() != traits.stream()) {
      return "when_stream";
    }
    if (above.isPresent() && traits.bodyBytes() <= above.getAsLong()
        || below.isPresent() && traits.bodyBytes() >= below.getAsLong()) {
      return "when_body";
    }
    if (!headersHold(traits)) {
      return "when_header";
    }
    if (!keys.isEmpty() && !keyHolds(traits, around)) {
      return "when_key";
    }
    return hours.isEmpty() || hoursHold(around.clock().millis()) ? "" : "when_hours";
  }

  private boolean headersHold(Traits traits) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String value = traits.headers().get(header.getKey());
      if (value == null || !Router.matches(header.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean keyHolds(Traits traits, RoutingContext around) {
    String id = traits.caller().key().value();
    String name = around.keyNames().apply(traits.caller().key()).orElse(id);
    for (String key : keys) {
      if (Router.matches(key, id) || Router.matches(key, name)) {
        return true;
      }
    }
    return false;
  }

  private boolean hoursHold(long wallMillis) {
    for (Hours each : hours) {
      if (each.contain(wallMillis)) {
        return true;
      }
    }
    return false;
  }
}
