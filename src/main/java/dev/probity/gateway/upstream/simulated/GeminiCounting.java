package dev.probity.gateway.upstream.simulated;

final class GeminiCounting {
  Answer count(Call call) {
    throw new Rejection(404, "", "", "todo");
  }

  Answer embed(Call call) {
    throw new Rejection(404, "", "", "todo");
  }

  Answer embedAll(Call call) {
    throw new Rejection(404, "", "", "todo");
  }
}
