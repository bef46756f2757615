package dev.probity.telemetry.dialect;

import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import java.util.Locale;

/**
 * By which prices use is charged.
 *
 * @param model its plain name
 */
record Tariff(Provider provider, String model, ServiceTier tier) {
  /** For what has no price. */
  static final Tariff NONE = new Tariff(Provider.OPENAI_COMPATIBLE, "", ServiceTier.STANDARD);

  static Tariff standard(Provider provider, String model) {
    return new Tariff(provider, model, ServiceTier.STANDARD);
  }

  /**
   * By what the agent calls the provider, if that says who made the model, otherwise by the model's
   * name.
   *
   * @param said such as {@code anthropic}, {@code azure.ai.openai}, {@code openai.responses},
   *     {@code aws.bedrock}; empty if not given
   * @param model its plain name
   */
  static Provider provider(String said, String model) {
    String name = said.toLowerCase(Locale.ROOT);
    if (name.startsWith("azure")) {
      return isClaude(model) ? Provider.ANTHROPIC : Provider.AZURE_OPENAI;
    }
    if (name.equals("openai") || name.startsWith("openai.")) {
      return byModel(model, Provider.OPENAI);
    }
    if (name.startsWith("anthropic")) {
      return Provider.ANTHROPIC;
    }
    if (name.startsWith("gcp.") || name.startsWith("google") || name.startsWith("gemini")) {
      return isClaude(model) ? Provider.ANTHROPIC : Provider.GEMINI;
    }
    return byModel(model, Provider.OPENAI_COMPATIBLE);
  }

  /** Clients that speak OpenAI's format call every upstream so: a name of another vendor wins. */
  private static Provider byModel(String model, Provider otherwise) {
    if (isClaude(model)) {
      return Provider.ANTHROPIC;
    }
    if (model.startsWith("gemini-")) {
      return Provider.GEMINI;
    }
    return isOpenAi(model) ? Provider.OPENAI : otherwise;
  }

  private static boolean isClaude(String model) {
    return model.startsWith("claude-");
  }

  private static boolean isOpenAi(String model) {
    return model.startsWith("gpt-")
        || model.startsWith("chatgpt-")
        || model.startsWith("codex")
        || model.equals("o1")
        || model.startsWith("o1-")
        || model.equals("o3")
        || model.startsWith("o3-")
        || model.startsWith("o4-")
        || model.startsWith("text-embedding-");
  }

  /** The tier by a provider's or an agent's word for it; standard if it has none. */
  static ServiceTier tier(String said) {
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "fast", "priority" -> ServiceTier.PRIORITY;
      case "flex" -> ServiceTier.FLEX;
      case "batch" -> ServiceTier.BATCH;
      default -> ServiceTier.STANDARD;
    };
  }
}
