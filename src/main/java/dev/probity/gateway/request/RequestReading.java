package dev.probity.gateway.request;

import dev.probity.kernel.Refusal;

/** What became of reading a request's body. */
public sealed interface RequestReading permits RequestFacts, RequestReading.Refused {
  /** The body must not be sent on. */
  record Refused(Refusal refusal) implements RequestReading {}
}
