package dev.probity.gateway.upstream.simulated;

import dev.probity.kernel.Clock;

final class ResponsesSimulation implements Simulation {
  ResponsesSimulation(Clock clock, Ids ids, PromptCache cache) {}

  @Override
  public Answer answer(Call call) {
    throw new Rejection(404, "", "", "todo");
  }
}
