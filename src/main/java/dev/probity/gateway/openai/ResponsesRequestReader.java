package dev.probity.gateway.openai;

import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestFacts.UsageRequest;
import dev.probity.gateway.request.RequestReader;
import dev.probity.gateway.request.RequestReading;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Reads requests for responses. Their streams always end with the usage. */
public final class ResponsesRequestReader implements RequestReader {
  private static final JsonPaths PATHS =
      JsonPaths.watch()
          .text("model", RequestBody.NAME_BYTES)
          .text("service_tier", RequestBody.NAME_BYTES)
          .text("prompt_cache_key", RequestBody.NAME_BYTES)
          .text("previous_response_id", RequestBody.NAME_BYTES)
          .value("stream", "max_output_tokens", "instructions", "tools", "input")
          .build();
  private static final int MODEL = PATHS.index("model");
  private static final int STREAM = PATHS.index("stream");
  private static final int SERVICE_TIER = PATHS.index("service_tier");
  private static final int PROMPT_CACHE_KEY = PATHS.index("prompt_cache_key");
  private static final int MAX_OUTPUT_TOKENS = PATHS.index("max_output_tokens");
  private static final int PREVIOUS_RESPONSE = PATHS.index("previous_response_id");
  private static final int INSTRUCTIONS = PATHS.index("instructions");
  private static final int TOOLS = PATHS.index("tools");
  private static final int INPUT = PATHS.index("input");

  private final RequestBody body;

  public ResponsesRequestReader(int maxDepth) {
    this.body = new RequestBody(PATHS, maxDepth);
  }

  @Override
  public RequestReading read(ByteBuf bytes) {
    Optional<Refusal> refusal = body.readCall(bytes, MODEL, STREAM);
    if (refusal.isPresent()) {
      return new RequestReading.Refused(refusal.get());
    }
    return new RequestFacts(
        body.scanner().text(MODEL),
        Optional.of(body.span(MODEL)),
        body.scanner().isTrue(STREAM),
        body.positive(MAX_OUTPUT_TOKENS),
        UsageRequest.GIVEN,
        body.scanner().text(SERVICE_TIER),
        body.text(PROMPT_CACHE_KEY),
        body.promptStart(INPUT, TOOLS, INSTRUCTIONS),
        body.text(PREVIOUS_RESPONSE));
  }
}
