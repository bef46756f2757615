package dev.probity.gateway.call.failure;

import dev.probity.gateway.routing.Health.Ending;
import dev.probity.kernel.Refusal;
import java.util.OptionalLong;

/**
 * What went wrong with an attempt.
 *
 * @param word for the trail and the log
 * @param refusal what the client is told if nobody does better
 * @param ending what it says about the deployment
 * @param waitMillis how long the provider asks to be left alone
 */
public record Failure(
    String word, Refusal refusal, Help help, Ending ending, OptionalLong waitMillis) {
  /** What may help. */
  public enum Help {
    /** Nothing: the request itself is at fault, or the answer has begun. */
    NOTHING,
    /** Another deployment. */
    OTHERS,
    /** Another deployment, or the same a little later. */
    TIME
  }

  public Failure(String word, Refusal refusal, Help help, Ending ending) {
    this(word, refusal, help, ending, OptionalLong.empty());
  }
}
