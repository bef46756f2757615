package dev.probity.gateway.upstream;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import io.netty.handler.codec.http.HttpHeaders;

/** Anthropic. The base URL is without the version, as its SDKs take it. */
record AnthropicUpstream(String base) implements Upstream {
  /** The only version there has been since 2023; sent where a client left it out. */
  static final String VERSION = "2023-06-01";

  @Override
  public boolean speaks(Operation operation) {
    return operation.dialect() == Dialect.MESSAGES;
  }

  @Override
  public String target(Operation operation, String model, String query) {
    String path =
        operation == Operation.COUNT_MESSAGE_TOKENS ? "/v1/messages/count_tokens" : "/v1/messages";
    return Upstream.withQuery(base + path, query);
  }

  @Override
  public String passThrough(Operation operation, String model, String path, String query) {
    return Upstream.withQuery(base + path, query);
  }

  @Override
  public void authorize(HttpHeaders headers, String credential) {
    headers.set("x-api-key", credential);
    if (!headers.contains("anthropic-version")) {
      headers.set("anthropic-version", VERSION);
    }
  }

  @Override
  public String modelList() {
    return base + "/v1/models";
  }
}
