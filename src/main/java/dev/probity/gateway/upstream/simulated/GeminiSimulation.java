package dev.probity.gateway.upstream.simulated;

final class GeminiSimulation {
  GeminiSimulation(Ids ids, PromptCache cache) {}

  Answer whole(Call call) {
    throw new Rejection(404, "", "", "todo");
  }

  Answer streamed(Call call) {
    throw new Rejection(404, "", "", "todo");
  }
}
