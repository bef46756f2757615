package dev.probity.gateway.upstream;

import dev.probity.gateway.Operation;
import dev.probity.pricing.Provider;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What is particular to a kind of upstream: which operations it speaks, its paths, where its
 * credential goes.
 */
public sealed interface Upstream
    permits OpenAiUpstream,
        AzureOpenAiUpstream,
        AnthropicUpstream,
        GeminiUpstream,
        SimulatedUpstream {

  /** Whether it takes the operation in the client's own format. */
  boolean speaks(Operation operation);

  /**
   * The request target.
   *
   * @param query the client's query without the leading question mark and without any key; may be
   *     empty
   */
  String target(Operation operation, String model, String query);

  /**
   * The request target of an operation that is passed through.
   *
   * @param path the client's, without a vendor's prefix, such as {@code /v1/files/file-1}
   * @param query as for {@link #target}
   */
  String passThrough(Operation operation, String model, String path, String query);

  /** Puts a provider key where this kind wants it. */
  void authorize(HttpHeaders headers, String credential);

  /** The request target of its list of models, which costs nothing to ask for. */
  String modelList();

  /** The kind for a deployment's settings. */
  static Upstream of(DeploymentSettings settings) {
    String base = basePath(settings);
    return switch (settings.kind()) {
      case OPENAI, OPENAI_COMPATIBLE -> new OpenAiUpstream(base);
      case AZURE_OPENAI -> new AzureOpenAiUpstream(base, settings.apiVersion());
      case ANTHROPIC -> new AnthropicUpstream(base);
      case GEMINI -> new GeminiUpstream(base);
      case SIMULATED -> new SimulatedUpstream();
    };
  }

  private static String basePath(DeploymentSettings settings) {
    if (settings.kind() == Provider.SIMULATED) {
      return "";
    }
    String path = settings.baseUrl().getRawPath();
    while (path != null && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path == null ? "" : path;
  }

  /** A target with its query. */
  static String withQuery(String path, String query) {
    return query.isEmpty() ? path : path + (path.indexOf('?') >= 0 ? "&" : "?") + query;
  }
}
