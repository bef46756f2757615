package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Embedding;
import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Tokens;
import dev.probity.gateway.upstream.simulated.script.Trees;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's embeddings. */
final class EmbeddingSimulation implements Simulation {
  private static final int DIMENSIONS = 1536;
  private static final int MAX_DIMENSIONS = 3072;

  /** As many inputs as OpenAI takes. */
  private static final int MAX_INPUTS = 2048;

  @Override
  public Answer answer(Call call) {
    JsonNode body = call.body();
    call.required("model", Vendor.OPENAI);
    if (!Trees.has(body, "input")) {
      throw Vendor.OPENAI.missing("input");
    }
    JsonNode input = body.path("input");
    boolean many = input.isArray() && (input.path(0).isString() || input.path(0).isArray());
    if (input.size() > MAX_INPUTS && many) {
      throw new Rejection(400, "", "input", "'input' must have at most 2048 elements.");
    }
    int dimensions = Math.clamp(body.path("dimensions").asLong(DIMENSIONS), 1, MAX_DIMENSIONS);
    boolean packed = body.path("encoding_format").asString("").equals("base64");
    ArrayNode data = Trees.array();
    long tokens = 0;
    for (JsonNode text : many ? input : Trees.array(input)) {
      Embedding embedding =
          Embedding.of(text.isString() ? text.stringValue() : Trees.text(text), dimensions);
      data.add(
          Trees.object(
              "object",
              "embedding",
              "index",
              data.size(),
              "embedding",
              packed ? embedding.base64() : embedding.list()));
      tokens += text.isArray() ? text.size() : Math.max(1, Tokens.of(text));
    }
    ObjectNode answer = Trees.object("object", "list", "data", data, "model", call.model());
    if (!call.faults().on(Fault.NO_USAGE)) {
      answer.set("usage", Trees.object("prompt_tokens", tokens, "total_tokens", tokens));
    }
    return new Answer.Whole(answer);
  }
}
