package dev.probity.gateway.upstream;

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
    return path(operation) != null;
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
      case MESSAGE,
          COUNT_MESSAGE_TOKENS,
          GENERATE_CONTENT,
          STREAM_GENERATE_CONTENT,
          COUNT_TOKENS,
          EMBED_CONTENT,
          BATCH_EMBED_CONTENTS ->
          null;
    };
  }

  @Override
  public String modelList() {
    return base + "/models";
  }
}
