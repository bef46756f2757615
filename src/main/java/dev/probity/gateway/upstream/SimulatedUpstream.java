package dev.probity.gateway.upstream;

import dev.probity.gateway.Operation;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The simulated provider of this same process: every vendor's paths, and its own secret in place of
 * a key.
 */
record SimulatedUpstream() implements Upstream {
  @Override
  public boolean speaks(Operation operation) {
    return operation != Operation.COMPACT_RESPONSE;
  }

  @Override
  public String target(Operation operation, String model, String query) {
    return switch (operation.dialect()) {
      case CHAT, RESPONSES -> new OpenAiUpstream("/v1").target(operation, model, query);
      case MESSAGES -> new AnthropicUpstream("").target(operation, model, query);
      case GEMINI -> new GeminiUpstream("").target(operation, model, query);
    };
  }

  @Override
  public String passThrough(Operation operation, String model, String path, String query) {
    return Upstream.withQuery(path, query);
  }

  @Override
  public void authorize(HttpHeaders headers, String credential) {
    headers.set("x-probity-simulated", credential);
    // As a deployment of Anthropic's has it: clients of other formats do not send it.
    if (!headers.contains("anthropic-version")) {
      headers.set("anthropic-version", AnthropicUpstream.VERSION);
    }
  }

  @Override
  public String modelList() {
    return "/v1/models";
  }
}
