package dev.probity.server;

import static dev.probity.gateway.Operation.BATCH_EMBED_CONTENTS;
import static dev.probity.gateway.Operation.CHAT_COMPLETION;
import static dev.probity.gateway.Operation.COMPLETION;
import static dev.probity.gateway.Operation.COUNT_MESSAGE_TOKENS;
import static dev.probity.gateway.Operation.COUNT_RESPONSE_TOKENS;
import static dev.probity.gateway.Operation.COUNT_TOKENS;
import static dev.probity.gateway.Operation.EMBEDDING;
import static dev.probity.gateway.Operation.EMBED_CONTENT;
import static dev.probity.gateway.Operation.GENERATE_CONTENT;
import static dev.probity.gateway.Operation.MESSAGE;
import static dev.probity.gateway.Operation.RESPONSE;
import static dev.probity.gateway.Operation.STREAM_GENERATE_CONTENT;

import dev.probity.gateway.door.ModelPaths;
import dev.probity.gateway.door.ModelPaths.ModelPath;
import dev.probity.gateway.door.Upgrade;
import dev.probity.gateway.door.socket.ResponseSockets;
import java.util.List;
import java.util.Map;

/**
 * Every path that is served. Model traffic is served by the door itself; the rest by the control
 * plane behind it.
 */
final class Routes {
  /**
   * Below each of these the same model paths are served again, for clients that need a base URL of
   * a vendor's own.
   */
  static final List<String> VENDOR_PREFIXES = List.of("/openai", "/anthropic", "/genai");

  static final List<ModelPath> MODEL_PATHS =
      List.of(
          new ModelPath("/v1/chat/completions", CHAT_COMPLETION),
          new ModelPath("/v1/completions", COMPLETION),
          new ModelPath("/v1/embeddings", EMBEDDING),
          new ModelPath("/v1/responses", RESPONSE),
          new ModelPath("/v1/responses/input_tokens", COUNT_RESPONSE_TOKENS),
          new ModelPath("/v1/messages", MESSAGE),
          new ModelPath("/v1/messages/count_tokens", COUNT_MESSAGE_TOKENS),
          new ModelPath("/v1beta/models/{model}:generateContent", GENERATE_CONTENT),
          new ModelPath("/v1beta/models/{model}:streamGenerateContent", STREAM_GENERATE_CONTENT),
          new ModelPath("/v1beta/models/{model}:countTokens", COUNT_TOKENS),
          new ModelPath("/v1beta/models/{model}:embedContent", EMBED_CONTENT),
          new ModelPath("/v1beta/models/{model}:batchEmbedContents", BATCH_EMBED_CONTENTS),
          // Google's SDKs say v1 from their third major version on.
          new ModelPath("/v1/models/{model}:generateContent", GENERATE_CONTENT),
          new ModelPath("/v1/models/{model}:streamGenerateContent", STREAM_GENERATE_CONTENT),
          new ModelPath("/v1/models/{model}:countTokens", COUNT_TOKENS),
          new ModelPath("/v1/models/{model}:embedContent", EMBED_CONTENT),
          new ModelPath("/v1/models/{model}:batchEmbedContents", BATCH_EMBED_CONTENTS));

  private Routes() {}

  /** Where something else than HTTP can be spoken. */
  static Map<String, Upgrade> upgrades() {
    return Map.of("/v1/responses", new ResponseSockets());
  }

  static ModelPaths modelPaths() {
    return new ModelPaths(MODEL_PATHS, VENDOR_PREFIXES);
  }
}
