package dev.probity.gateway.upstream.simulated;

/** One endpoint, or a few that share a format. */
interface Simulation {
  /**
   * @throws Rejection if the request is not one that the vendor would take
   */
  Answer answer(Call call);
}
