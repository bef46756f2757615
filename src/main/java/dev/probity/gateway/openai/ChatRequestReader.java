package dev.probity.gateway.openai;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestFacts.Span;
import dev.probity.gateway.request.RequestFacts.UsageRequest;
import dev.probity.gateway.request.RequestReader;
import dev.probity.gateway.request.RequestReading;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads requests for chat completions, older completions and embeddings. */
public final class ChatRequestReader implements RequestReader {
  private static final JsonPaths PATHS =
      JsonPaths.watch()
          .text("model", RequestBody.NAME_BYTES)
          .text("service_tier", RequestBody.NAME_BYTES)
          .text("prompt_cache_key", RequestBody.NAME_BYTES)
          .value(
              "stream",
              "stream_options.include_usage",
              "max_tokens",
              "max_completion_tokens",
              "n",
              "best_of",
              "tools",
              "messages",
              "prompt")
          .build();
  private static final int MODEL = PATHS.index("model");
  private static final int STREAM = PATHS.index("stream");
  private static final int STREAM_OPTIONS = PATHS.index("stream_options");
  private static final int INCLUDE_USAGE = PATHS.index("stream_options.include_usage");
  private static final int SERVICE_TIER = PATHS.index("service_tier");
  private static final int PROMPT_CACHE_KEY = PATHS.index("prompt_cache_key");
  private static final int MAX_TOKENS = PATHS.index("max_tokens");
  private static final int MAX_COMPLETION_TOKENS = PATHS.index("max_completion_tokens");
  private static final int CHOICES = PATHS.index("n");
  private static final int BEST_OF = PATHS.index("best_of");
  private static final int TOOLS = PATHS.index("tools");
  private static final int MESSAGES = PATHS.index("messages");
  private static final int PROMPT = PATHS.index("prompt");

  private final RequestBody body;
  private final boolean streams;

  /**
   * @param streams whether the endpoint knows streams at all; if not, what the body says of them is
   *     left alone
   */
  public ChatRequestReader(int maxDepth, boolean streams) {
    this.body = new RequestBody(PATHS, maxDepth);
    this.streams = streams;
  }

  @Override
  public RequestReading read(ByteBuf bytes) {
    Optional<Refusal> refusal =
        body.read(bytes)
            .or(() -> body.refuseTwice(MODEL, "model"))
            .or(() -> body.refuseModel(MODEL))
            .or(this::refuseStream);
    if (refusal.isPresent()) {
      return new RequestReading.Refused(refusal.get());
    }
    boolean stream = streams && body.scanner().isTrue(STREAM);
    return new RequestFacts(
        body.scanner().text(MODEL),
        Optional.of(body.span(MODEL)),
        stream,
        maxTokens(),
        stream ? usageRequest() : UsageRequest.GIVEN,
        body.scanner().text(SERVICE_TIER),
        body.text(PROMPT_CACHE_KEY),
        body.promptStart(MESSAGES, TOOLS, PROMPT),
        Optional.empty());
  }

  private Optional<Refusal> refuseStream() {
    return streams
        ? body.refuseTwice(STREAM, "stream")
            .or(() -> body.refuseUnlessFlag(STREAM, "stream"))
            .or(() -> body.refuseTwice(STREAM_OPTIONS, "stream_options"))
            .or(() -> body.refuseTwice(INCLUDE_USAGE, "include_usage"))
        : Optional.empty();
  }

  /** The limit holds for each of the answers that are asked for. */
  private OptionalLong maxTokens() {
    OptionalLong limit = body.positive(MAX_COMPLETION_TOKENS);
    if (limit.isEmpty()) {
      limit = body.positive(MAX_TOKENS);
    }
    long answers = Math.max(body.positive(CHOICES).orElse(1), body.positive(BEST_OF).orElse(1));
    return limit.isEmpty() || answers == 1
        ? limit
        : OptionalLong.of(saturatedProduct(limit.getAsLong(), answers));
  }

  private static long saturatedProduct(long a, long b) {
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private UsageRequest usageRequest() {
    JsonScanner json = body.scanner();
    switch (json.kind(STREAM_OPTIONS)) {
      case ABSENT -> {
        return insertFirst(JsonPaths.ROOT, "\"stream_options\":{\"include_usage\":true}");
      }
      case NULL -> {
        return new UsageRequest.Missing(body.span(STREAM_OPTIONS), "{\"include_usage\":true}");
      }
      case OBJECT -> {
        JsonKind asked = json.kind(INCLUDE_USAGE);
        if (asked == JsonKind.ABSENT) {
          return insertFirst(STREAM_OPTIONS, "\"include_usage\":true");
        }
        return asked == JsonKind.FALSE || asked == JsonKind.NULL
            ? new UsageRequest.Missing(body.span(INCLUDE_USAGE), "true")
            : UsageRequest.GIVEN;
      }
      default -> {
        return UsageRequest.GIVEN;
      }
    }
  }

  private UsageRequest insertFirst(int object, String member) {
    int at = (int) body.scanner().start(object) + 1;
    return new UsageRequest.Missing(
        new Span(at, at), body.scanner().isFilled(object) ? member + "," : member);
  }
}
