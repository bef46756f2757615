package dev.probity.telemetry;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import java.util.List;

/**
 * One thing that happened in a session of a coding agent, in the same words for every agent. Holds
 * no prompt, no answer, no command, no path. Text that was not given is empty; a number that was
 * not given is {@link #UNKNOWN}.
 *
 * @param fingerprint 64 bits of a hash of the record as it was received: the same record sent again
 *     has the same
 * @param atMillis when it happened, in milliseconds since 1970; clock errors were mended
 * @param kind what happened
 * @param name the agent's own name for it, such as {@code api_request}
 * @param signal on which signal it came
 * @param model the model that was called, as the agent spells it
 * @param usage what a model call used; {@link Usage#NONE} for everything else and for events that
 *     only repeat what another one counts
 * @param charge what that costs by the price book
 * @param claimedNanoUsd what the agent says it cost; {@link #UNKNOWN} if it says nothing. A
 *     correction may be negative
 * @param durationMillis how long it took
 * @param firstTokenMillis until the first piece of the answer
 * @param tool the tool's name
 * @param callId the tool call that a decision and a result belong to
 * @param requestId the provider's id of its answer: joins with the gateway's exchanges
 * @param agentId the sub-agent in which it happened; empty for the main one
 * @param parentAgentId the sub-agent's parent
 * @param result how it ended
 * @param error a stable word or status for what went wrong, never a message
 * @param size characters of a prompt or an answer, bytes of a tool's result
 * @param details other attributes that may be kept, by their wire names, in order
 */
public record AgentEvent(
    long fingerprint,
    long atMillis,
    EventKind kind,
    String name,
    Signal signal,
    String model,
    Usage usage,
    Charge charge,
    long claimedNanoUsd,
    long durationMillis,
    long firstTokenMillis,
    String tool,
    String callId,
    String requestId,
    String agentId,
    String parentAgentId,
    Result result,
    String error,
    long size,
    List<Detail> details) {
  /** A number that was not given. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** An attribute by its wire name. */
  public record Detail(String name, String value) {}

  /** Whether it counts as an error of the session. */
  public boolean isError() {
    return kind == EventKind.MODEL_ERROR
        || kind == EventKind.FAILURE
        || (kind == EventKind.TOOL_RESULT && result == Result.FAILED);
  }
}
