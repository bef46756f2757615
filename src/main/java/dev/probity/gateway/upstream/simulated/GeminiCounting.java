package dev.probity.gateway.upstream.simulated;

import static dev.probity.gateway.upstream.simulated.GeminiPrompts.either;

import dev.probity.gateway.upstream.simulated.rules.GeminiRules;
import dev.probity.gateway.upstream.simulated.script.Embedding;
import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Tokens;
import dev.probity.gateway.upstream.simulated.script.Trees;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's countTokens, embedContent and batchEmbedContents. */
final class GeminiCounting {
  private static final int DIMENSIONS = 3072;
  private static final int MAX_REQUESTS = 100;

  Answer count(Call call) {
    JsonNode inner = either(call.body(), "generateContentRequest", "generate_content_request");
    JsonNode request = inner.isMissingNode() ? call.body() : inner;
    long tokens = GeminiPrompts.read(request).segments().tokens();
    if (inner.isMissingNode()) {
      GeminiRules.model(call.body(), call.model());
    } else {
      GeminiRules.check(inner, call.model());
    }
    return new Answer.Whole(
        Trees.object(
            "totalTokens", tokens, "promptTokensDetails", GeminiSimulation.modality(tokens)));
  }

  Answer embed(Call call) {
    GeminiRules.model(call.body(), call.model());
    ObjectNode answer = Trees.object("embedding", embedding(call.body()));
    count(call, answer, Tokens.of(call.body().path("content")));
    return new Answer.Whole(answer);
  }

  Answer embedAll(Call call) {
    JsonNode requests = call.body().path("requests");
    if (requests.isEmpty() || requests.size() > MAX_REQUESTS) {
      throw Vendor.GOOGLE.missing("requests");
    }
    ArrayNode embeddings = Trees.array();
    long tokens = 0;
    for (JsonNode request : requests) {
      GeminiRules.model(request, call.model());
      embeddings.add(embedding(request));
      tokens += Tokens.of(request.path("content"));
    }
    ObjectNode answer = Trees.object("embeddings", embeddings);
    count(call, answer, tokens);
    return new Answer.Whole(answer);
  }

  private static ObjectNode embedding(JsonNode request) {
    if (!request.path("content").isObject()) {
      throw Vendor.GOOGLE.missing("content");
    }
    JsonNode asked = either(request, "outputDimensionality", "output_dimensionality");
    int dimensions = Math.clamp(asked.asLong(DIMENSIONS), 1, DIMENSIONS);
    String text = GeminiPrompts.text(request.path("content"));
    return Trees.object("values", Embedding.of(text, dimensions).list());
  }

  private static void count(Call call, ObjectNode answer, long tokens) {
    if (!call.faults().on(Fault.NO_USAGE)) {
      long prompt = Math.max(1, tokens);
      answer.set(
          "usageMetadata",
          Trees.object(
              "promptTokenCount",
              prompt,
              "totalTokenCount",
              prompt,
              "promptTokensDetails",
              GeminiSimulation.modality(prompt)));
    }
  }
}
