package dev.probity.http;

/** Serves one route. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a call whose caller has the route's permission.
   *
   * @throws RefusedException when the call is the caller's mistake
   */
  Answer handle(Call call);
}
