package dev.probity.gateway.upstream;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * OpenAI's models on Azure. With an {@code api_version}: the dated API, whose path names the Azure
 * deployment (the route's model). Without: the v1 API, which takes the model in the body as OpenAI
 * does.
 */
record AzureOpenAiUpstream(String base, Optional<String> apiVersion) implements Upstream {
  @Override
  public boolean speaks(Operation operation) {
    return OpenAiUpstream.speaksLikeOpenAi(operation);
  }

  @Override
  public String passThrough(Operation operation, String model, String path, String query) {
    String below = path.startsWith("/v1/") ? path.substring(3) : path;
    if (apiVersion.isEmpty()) {
      return Upstream.withQuery(base + "/openai/v1" + below, query);
    }
    String deployment = model.isEmpty() || operation.isFree() ? "" : deployment(model);
    return Upstream.withQuery(
        base + "/openai" + deployment + below + "?api-version=" + apiVersion.get(), query);
  }

  private static String deployment(String model) {
    return "/deployments/" + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String target(Operation operation, String model, String query) {
    String path = OpenAiUpstream.path(operation);
    if (apiVersion.isEmpty()) {
      return Upstream.withQuery(base + "/openai/v1" + path, query);
    }
    String deployment = operation.dialect() == Dialect.RESPONSES ? "" : deployment(model);
    String versioned = base + "/openai" + deployment + path + "?api-version=" + apiVersion.get();
    return Upstream.withQuery(versioned, query);
  }

  @Override
  public void authorize(HttpHeaders headers, String credential) {
    headers.set("api-key", credential);
  }

  @Override
  public String modelList() {
    return apiVersion
        .map(version -> base + "/openai/models?api-version=" + version)
        .orElse(base + "/openai/v1/models");
  }
}
