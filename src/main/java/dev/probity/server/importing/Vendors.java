package dev.probity.server.importing;

import java.util.Map;
import java.util.Optional;

/** Where the vendors are that others know by a word, and what speaks OpenAI's format. */
final class Vendors {
  /** Vendors whose API is OpenAI's, by LiteLLM's word for them. */
  private static final Map<String, String> COMPATIBLE =
      Map.ofEntries(
          Map.entry("groq", "https://api.groq.com/openai/v1"),
          Map.entry("deepseek", "https://api.deepseek.com/v1"),
          Map.entry("mistral", "https://api.mistral.ai/v1"),
          Map.entry("codestral", "https://codestral.mistral.ai/v1"),
          Map.entry("xai", "https://api.x.ai/v1"),
          Map.entry("openrouter", "https://openrouter.ai/api/v1"),
          Map.entry("together_ai", "https://api.together.xyz/v1"),
          Map.entry("fireworks_ai", "https://api.fireworks.ai/inference/v1"),
          Map.entry("perplexity", "https://api.perplexity.ai"),
          Map.entry("deepinfra", "https://api.deepinfra.com/v1/openai"),
          Map.entry("cerebras", "https://api.cerebras.ai/v1"),
          Map.entry("sambanova", "https://api.sambanova.ai/v1"),
          Map.entry("nvidia_nim", "https://integrate.api.nvidia.com/v1"),
          Map.entry("moonshot", "https://api.moonshot.cn/v1"),
          Map.entry("ollama", "http://localhost:11434/v1"),
          Map.entry("ollama_chat", "http://localhost:11434/v1"));

  /** Those that are wherever their operator put them. */
  private static final java.util.Set<String> ANYWHERE =
      java.util.Set.of(
          "hosted_vllm",
          "vllm",
          "openai_like",
          "custom_openai",
          "lm_studio",
          "llamafile",
          "text-completion-openai",
          "litellm_proxy",
          "xinference");

  private Vendors() {}

  /** The address of a vendor that speaks OpenAI's format. */
  static Optional<String> compatible(String word) {
    return Optional.ofNullable(COMPATIBLE.get(word));
  }

  static boolean isAnywhere(String word) {
    return ANYWHERE.contains(word);
  }

  /** The kind of a model whose vendor is not said, by its name. */
  static Optional<String> kindOf(String model) {
    if (model.startsWith("claude")) {
      return Optional.of("anthropic");
    }
    if (model.startsWith("gemini")) {
      return Optional.of("gemini");
    }
    return model.matches("(gpt|chatgpt|o\\d|text-embedding|dall-e|whisper|tts|omni).*")
        ? Optional.of("openai")
        : Optional.empty();
  }

  /** An address as our settings take it for a kind. */
  static String address(String kind, String url) {
    String bare = url.replaceAll("/+$", "");
    return switch (kind) {
      case "openai", "openai-compatible" -> hasPath(bare) ? bare : bare + "/v1";
      case "azure-openai" -> bare.replaceAll("/openai(/v1)?$", "");
      default -> bare.replaceAll("/v1(beta)?$", "");
    };
  }

  private static boolean hasPath(String url) {
    return url.matches("https?://[^/]+/.+");
  }
}
