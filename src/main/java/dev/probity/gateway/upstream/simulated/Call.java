package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Faults;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One request, read.
 *
 * @param path without the query
 * @param serverSentEvents whether the query has {@code alt=sse}
 * @param header a header's value by its lower-case name
 * @param body an object
 * @param model as the path or the body names it
 */
record Call(
    String path,
    boolean serverSentEvents,
    Function<String, Optional<String>> header,
    JsonNode body,
    String model,
    Faults faults,
    String requestId) {

  /** Text out of the body that the request cannot do without. */
  String required(String field, Vendor vendor) {
    String value = body.path(field).asString("");
    if (value.isEmpty()) {
      throw vendor.missing(field);
    }
    return value;
  }
}
