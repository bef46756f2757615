package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Rejection;

/** One endpoint, or a few that share a format. */
interface Simulation {
  /**
   * @throws Rejection if the request is not one that the vendor would take
   */
  Answer answer(Call call);
}
