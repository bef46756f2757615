package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.PromptCache;
import dev.probity.kernel.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which simulation answers which path, with the vendors' own paths. */
final class Endpoints {
  private static final Pattern GEMINI =
      Pattern.compile("/(?:v1beta|v1|v1alpha)/models/([^/]+):([A-Za-z]+)");

  /** OpenAI's paths as Azure has them: with a version in the query, or as OpenAI numbers them. */
  private static final Pattern AZURE =
      Pattern.compile("/openai(?:/v1|/deployments/([^/]+))?/([a-z/_]+)");

  /**
   * @param model out of the path; empty where the body names it
   */
  record Endpoint(Vendor vendor, Simulation simulation, Optional<String> model) {}

  private final Map<String, Endpoint> byPath;
  private final GeminiSimulation gemini;
  private final GeminiCounting geminiCounting;

  Endpoints(Clock clock, Ids ids) {
    PromptCache openai = new PromptCache(clock);
    ResponsesSimulation responses = new ResponsesSimulation(clock, ids, openai);
    MessagesSimulation messages = new MessagesSimulation(ids, new PromptCache(clock));
    this.byPath =
        Map.of(
            "/v1/chat/completions", openai(new ChatSimulation(clock, ids, openai)),
            "/v1/completions", openai(new CompletionSimulation(clock, ids)),
            "/v1/embeddings", openai(new EmbeddingSimulation()),
            "/v1/responses", openai(responses),
            "/v1/responses/input_tokens", openai(responses::count),
            "/v1/messages", new Endpoint(Vendor.ANTHROPIC, messages, Optional.empty()),
            "/v1/messages/count_tokens",
                new Endpoint(Vendor.ANTHROPIC, messages::count, Optional.empty()));
    this.gemini = new GeminiSimulation(ids, new PromptCache(clock));
    this.geminiCounting = new GeminiCounting();
  }

  Optional<Endpoint> at(String path) {
    Matcher azure = AZURE.matcher(path);
    if (azure.matches()) {
      Optional<String> deployment = Optional.ofNullable(azure.group(1));
      return Optional.ofNullable(byPath.get("/v1/" + azure.group(2)))
          .map(found -> new Endpoint(found.vendor(), found.simulation(), deployment));
    }
    Endpoint endpoint = byPath.get(path);
    if (endpoint != null) {
      return Optional.of(endpoint);
    }
    Matcher matcher = GEMINI.matcher(path);
    return matcher.matches() ? gemini(matcher.group(1), matcher.group(2)) : Optional.empty();
  }

  /** Whose words to use for a path that nobody serves. */
  static Vendor vendorOf(String path) {
    if (path.startsWith("/v1/messages")) {
      return Vendor.ANTHROPIC;
    }
    return path.contains("/models/") ? Vendor.GOOGLE : Vendor.OPENAI;
  }

  private Optional<Endpoint> gemini(String model, String method) {
    Optional<Simulation> simulation =
        switch (method) {
          case "generateContent" -> Optional.of(gemini::whole);
          case "streamGenerateContent" -> Optional.of(gemini::streamed);
          case "countTokens" -> Optional.of(geminiCounting::count);
          case "embedContent" -> Optional.of(geminiCounting::embed);
          case "batchEmbedContents" -> Optional.of(geminiCounting::embedAll);
          default -> Optional.empty();
        };
    return simulation.map(found -> new Endpoint(Vendor.GOOGLE, found, Optional.of(model)));
  }

  private static Endpoint openai(Simulation simulation) {
    return new Endpoint(Vendor.OPENAI, simulation, Optional.empty());
  }
}
