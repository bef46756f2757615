package dev.probity.gateway.upstream;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * OpenAI and whatever speaks its API. The base URL ends in the version, as OpenAI's SDKs take it.
 *
 * @param base path part of the base URL, without a trailing slash
 */
record OpenAiUpstream(String base) implements Upstream {
  @Override
  public boolean speaks(Operation operation) {
    return speaksLikeOpenAi(operation);
  }

  /** Whether it is one of OpenAI's operations. */
  static boolean speaksLikeOpenAi(Operation operation) {
    return path(operation) != null
        || operation.isPassThrough()
            && (operation.dialect() == Dialect.CHAT || operation.dialect() == Dialect.RESPONSES);
  }

  @Override
  public String passThrough(Operation operation, String model, String path, String query) {
    // The base ends in the version; Cohere's second version of ranking has another.
    String root = path.startsWith("/v1/") ? base : withoutVersion();
    return Upstream.withQuery(root + (path.startsWith("/v1/") ? path.substring(3) : path), query);
  }

  private String withoutVersion() {
    return base.endsWith("/v1") ? base.substring(0, base.length() - 3) : base;
  }

  @Override
  public String target(Operation operation, String model, String query) {
    return Upstream.withQuery(base + path(operation), query);
  }

  @Override
  public void authorize(HttpHeaders headers, String credential) {
    headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + credential);
  }

  /** The path below the version; null for operations of other vendors. */
  static @org.jspecify.annotations.Nullable String path(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETION -> "/chat/completions";
      case COMPLETION -> "/completions";
      case EMBEDDING -> "/embeddings";
      case RESPONSE -> "/responses";
      case COUNT_RESPONSE_TOKENS -> "/responses/input_tokens";
      default -> null;
    };
  }

  @Override
  public String modelList() {
    return base + "/models";
  }
}
