package dev.probity.gateway.upstream;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Google's Gemini API. The base URL is without the version, as its SDKs take it. */
record GeminiUpstream(String base) implements Upstream {
  @Override
  public boolean speaks(Operation operation) {
    return operation.dialect() == Dialect.GEMINI;
  }

  @Override
  public String target(Operation operation, String model, String query) {
    return Upstream.withQuery(base + path(operation, model), query);
  }

  @Override
  public String passThrough(Operation operation, String model, String path, String query) {
    String named = operation == Operation.GEMINI_BATCH ? path(operation, model) : path;
    return Upstream.withQuery(base + named, query);
  }

  @Override
  public void authorize(HttpHeaders headers, String credential) {
    headers.set("x-goog-api-key", credential);
  }

  static String path(Operation operation, String model) {
    String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    return "/v1beta/models/" + name + ":" + method(operation);
  }

  private static String method(Operation operation) {
    return switch (operation) {
      case GENERATE_CONTENT -> "generateContent";
      case STREAM_GENERATE_CONTENT -> "streamGenerateContent";
      case COUNT_TOKENS -> "countTokens";
      case EMBED_CONTENT -> "embedContent";
      case BATCH_EMBED_CONTENTS -> "batchEmbedContents";
      case GEMINI_BATCH -> "batchGenerateContent";
      default ->
          throw new IllegalArgumentException(
              "operation: " + operation + " (expected: one of Gemini's)");
    };
  }

  @Override
  public String modelList() {
    return base + "/v1beta/models";
  }
}
