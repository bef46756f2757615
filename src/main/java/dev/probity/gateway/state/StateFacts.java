package dev.probity.gateway.state;

import dev.probity.kernel.Refusal;
import java.util.Optional;

/**
 * What a request for a response says about state.
 *
 * @param type the message's, over a socket; empty if it has none
 * @param lane {@code stream_id}; empty for the lane without a name
 * @param previous the response that it goes on from
 * @param generate false: only make ready for what will be asked
 * @param store whether the provider, or whoever stands in for it, may keep the response
 * @param background whether the answer is to be made after the connection has gone
 */
public record StateFacts(
    String type,
    String lane,
    Optional<String> previous,
    boolean generate,
    boolean store,
    boolean background)
    implements StateReading {
  /** The request makes no sense. */
  public record Refused(Refusal refusal, String parameter) implements StateReading {}
}
