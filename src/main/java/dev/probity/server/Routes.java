package dev.probity.server;

import static dev.probity.gateway.Operation.AUDIO_TRANSLATION;
import static dev.probity.gateway.Operation.BATCH;
import static dev.probity.gateway.Operation.BATCH_EMBED_CONTENTS;
import static dev.probity.gateway.Operation.CHAT_COMPLETION;
import static dev.probity.gateway.Operation.COMPACT_RESPONSE;
import static dev.probity.gateway.Operation.COMPLETION;
import static dev.probity.gateway.Operation.COUNT_MESSAGE_TOKENS;
import static dev.probity.gateway.Operation.COUNT_RESPONSE_TOKENS;
import static dev.probity.gateway.Operation.COUNT_TOKENS;
import static dev.probity.gateway.Operation.EMBEDDING;
import static dev.probity.gateway.Operation.EMBED_CONTENT;
import static dev.probity.gateway.Operation.FILE;
import static dev.probity.gateway.Operation.GEMINI_BATCH;
import static dev.probity.gateway.Operation.GEMINI_FILE;
import static dev.probity.gateway.Operation.GENERATE_CONTENT;
import static dev.probity.gateway.Operation.IMAGE_EDIT;
import static dev.probity.gateway.Operation.IMAGE_GENERATION;
import static dev.probity.gateway.Operation.IMAGE_VARIATION;
import static dev.probity.gateway.Operation.KEPT_BATCH;
import static dev.probity.gateway.Operation.KEPT_GEMINI_BATCH;
import static dev.probity.gateway.Operation.KEPT_MESSAGE_BATCH;
import static dev.probity.gateway.Operation.KEPT_RESPONSE;
import static dev.probity.gateway.Operation.MESSAGE;
import static dev.probity.gateway.Operation.MESSAGE_BATCH;
import static dev.probity.gateway.Operation.MESSAGE_FILE;
import static dev.probity.gateway.Operation.MODERATION;
import static dev.probity.gateway.Operation.RERANK;
import static dev.probity.gateway.Operation.RESPONSE;
import static dev.probity.gateway.Operation.SPEECH;
import static dev.probity.gateway.Operation.STREAM_GENERATE_CONTENT;
import static dev.probity.gateway.Operation.TRANSCRIPTION;

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
          new ModelPath("/v1/models/{model}:batchEmbedContents", BATCH_EMBED_CONTENTS),

          // Passed through as they are.
          new ModelPath("/v1/images/generations", IMAGE_GENERATION),
          new ModelPath("/v1/images/edits", IMAGE_EDIT),
          new ModelPath("/v1/images/variations", IMAGE_VARIATION),
          new ModelPath("/v1/audio/speech", SPEECH),
          new ModelPath("/v1/audio/transcriptions", TRANSCRIPTION),
          new ModelPath("/v1/audio/translations", AUDIO_TRANSLATION),
          new ModelPath("/v1/moderations", MODERATION),
          new ModelPath("/v1/rerank", RERANK),
          new ModelPath("/v2/rerank", RERANK),
          new ModelPath("/v1/files", FILE, "GET POST"),
          new ModelPath("/v1/files/{id}", FILE, "GET DELETE"),
          new ModelPath("/v1/files/{id}/content", FILE, "GET"),
          new ModelPath("/v1/batches", BATCH),
          new ModelPath("/v1/batches", KEPT_BATCH, "GET"),
          new ModelPath("/v1/batches/{id}", KEPT_BATCH, "GET"),
          new ModelPath("/v1/batches/{id}/cancel", KEPT_BATCH, "POST"),
          new ModelPath("/v1/responses/{id}", KEPT_RESPONSE, "GET DELETE"),
          new ModelPath("/v1/responses/{id}/cancel", KEPT_RESPONSE, "POST"),
          new ModelPath("/v1/responses/{id}/input_items", KEPT_RESPONSE, "GET"),
          new ModelPath("/v1/responses/compact", COMPACT_RESPONSE),
          new ModelPath("/v1/messages/batches", MESSAGE_BATCH),
          new ModelPath("/v1/messages/batches", KEPT_MESSAGE_BATCH, "GET"),
          new ModelPath("/v1/messages/batches/{id}", KEPT_MESSAGE_BATCH, "GET DELETE"),
          new ModelPath("/v1/messages/batches/{id}/cancel", KEPT_MESSAGE_BATCH, "POST"),
          new ModelPath("/v1/messages/batches/{id}/results", KEPT_MESSAGE_BATCH, "GET"),
          new ModelPath("/v1/files", MESSAGE_FILE, "GET POST"),
          new ModelPath("/v1/files/{id}", MESSAGE_FILE, "GET DELETE"),
          new ModelPath("/v1/files/{id}/content", MESSAGE_FILE, "GET"),
          new ModelPath("/v1beta/files", GEMINI_FILE, "GET POST"),
          new ModelPath("/v1beta/files/{id}", GEMINI_FILE, "GET DELETE"),
          new ModelPath("/upload/v1beta/files", GEMINI_FILE, "POST"),
          new ModelPath("/v1beta/models/{model}:batchGenerateContent", GEMINI_BATCH),
          new ModelPath("/v1beta/batches", KEPT_GEMINI_BATCH, "GET"),
          new ModelPath("/v1beta/batches/{id}", KEPT_GEMINI_BATCH, "GET DELETE"),
          new ModelPath("/v1beta/batches/{id}:cancel", KEPT_GEMINI_BATCH, "POST"));

  private Routes() {}

  /** Where something else than HTTP can be spoken. */
  static Map<String, Upgrade> upgrades() {
    return Map.of("/v1/responses", new ResponseSockets());
  }

  static ModelPaths modelPaths() {
    return new ModelPaths(MODEL_PATHS, VENDOR_PREFIXES);
  }
}
