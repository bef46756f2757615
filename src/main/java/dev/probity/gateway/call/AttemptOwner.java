package dev.probity.gateway.call;

import dev.probity.gateway.call.failure.Failure;

/** Whose attempt it is. */
interface AttemptOwner {
  /** Whether another attempt runs, or may still be made in this round. */
  boolean hasOthers(Attempt attempt);

  /** Whether somebody may still do better after such a failure; asked before {@link #failed}. */
  boolean mayGoOn(Attempt attempt, Failure failure);

  /** Nothing of it went to the client, and nothing will. */
  void failed(Attempt attempt, Failure failure);

  /** Its answer has content, or is whole: this is the attempt that serves the client. */
  void leads(Attempt attempt);

  /**
   * Its answer is whole and must be on record before its end goes out.
   *
   * @return whether it is
   */
  boolean settle(Attempt attempt);

  /** Nobody can do better than this error; it goes to the client. */
  void refuses(Attempt attempt, Failure failure);

  /** The answer broke off after it had begun. */
  void broke(Attempt attempt, Failure failure);

  /** Its client has gone, and its answer has been read as far as it will be. */
  void drained(Attempt attempt, boolean wholly);

  /** All is said. */
  void ended(Attempt attempt);
}
