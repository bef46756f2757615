package dev.probity.gateway.gemini;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestFacts.UsageRequest;
import dev.probity.gateway.request.RequestReader;
import dev.probity.gateway.request.RequestReading;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads requests for generateContent and its kin. The path names the model and says whether the
 * answer is a stream; every field has two spellings.
 */
public final class GeminiRequestReader implements RequestReader {
  private static final JsonPaths PATHS =
      JsonPaths.watch()
          .text("serviceTier", RequestBody.NAME_BYTES)
          .text("service_tier", RequestBody.NAME_BYTES)
          .value(
              "model",
              "requests[].model",
              "generateContentRequest.model",
              "generate_content_request.model",
              "generationConfig.maxOutputTokens",
              "generationConfig.max_output_tokens",
              "generation_config.maxOutputTokens",
              "generation_config.max_output_tokens",
              "tools",
              "systemInstruction",
              "system_instruction",
              "contents")
          .build();
  private static final int[] SERVICE_TIERS = {
    PATHS.index("serviceTier"), PATHS.index("service_tier")
  };
  private static final int[] MAX_TOKENS = {
    PATHS.index("generationConfig.maxOutputTokens"),
    PATHS.index("generationConfig.max_output_tokens"),
    PATHS.index("generation_config.maxOutputTokens"),
    PATHS.index("generation_config.max_output_tokens")
  };
  private static final int TOOLS = PATHS.index("tools");
  private static final int SYSTEM = PATHS.index("systemInstruction");
  private static final int SYSTEM_TOO = PATHS.index("system_instruction");
  private static final int CONTENTS = PATHS.index("contents");

  private static final int[] MODELS = {
    PATHS.index("model"),
    PATHS.index("requests[].model"),
    PATHS.index("generateContentRequest.model"),
    PATHS.index("generate_content_request.model")
  };

  private final RequestBody body;
  private final boolean stream;

  /**
   * @param stream whether this endpoint's answers are streams
   */
  public GeminiRequestReader(int maxDepth, boolean stream) {
    this.body = new RequestBody(PATHS, maxDepth);
    this.stream = stream;
  }

  @Override
  public RequestReading read(ByteBuf bytes) {
    Optional<Refusal> refusal = body.read(bytes);
    if (refusal.isPresent()) {
      return new RequestReading.Refused(refusal.get());
    }
    return new RequestFacts(
        "",
        Optional.empty(),
        stream,
        maxTokens(),
        UsageRequest.GIVEN,
        serviceTier(),
        Optional.empty(),
        body.promptStart(CONTENTS, TOOLS, SYSTEM, SYSTEM_TOO),
        Optional.empty(),
        repeatsModel() ? RepeatedModels.in(bytes) : List.of());
  }

  private boolean repeatsModel() {
    for (int path : MODELS) {
      if (body.scanner().kind(path) != JsonKind.ABSENT) {
        return true;
      }
    }
    return false;
  }

  private OptionalLong maxTokens() {
    for (int path : MAX_TOKENS) {
      OptionalLong limit = body.positive(path);
      if (limit.isPresent()) {
        return limit;
      }
    }
    return OptionalLong.empty();
  }

  private String serviceTier() {
    for (int path : SERVICE_TIERS) {
      if (body.scanner().kind(path) == JsonKind.STRING) {
        return body.scanner().text(path);
      }
    }
    return "";
  }
}
