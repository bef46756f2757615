package dev.probity.gateway.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestFacts.UsageRequest;
import dev.probity.gateway.request.RequestReader;
import dev.probity.gateway.request.RequestReading;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Reads requests for messages and for counting their tokens. */
public final class MessagesRequestReader implements RequestReader {
  private static final JsonPaths PATHS =
      JsonPaths.watch()
          .text("model", RequestBody.NAME_BYTES)
          .text("service_tier", RequestBody.NAME_BYTES)
          .text("metadata.user_id", 1024)
          .value("stream", "max_tokens", "tools", "system", "messages")
          .build();
  private static final int MODEL = PATHS.index("model");
  private static final int STREAM = PATHS.index("stream");
  private static final int SERVICE_TIER = PATHS.index("service_tier");
  private static final int USER_ID = PATHS.index("metadata.user_id");
  private static final int MAX_TOKENS = PATHS.index("max_tokens");
  private static final int TOOLS = PATHS.index("tools");
  private static final int SYSTEM = PATHS.index("system");
  private static final int MESSAGES = PATHS.index("messages");

  private static final JsonPaths USER_ID_PATHS = JsonPaths.of("session_id");
  private static final int SESSION_ID = USER_ID_PATHS.index("session_id");
  private static final String SESSION_MARK = "_session_";

  private final RequestBody body;
  private final JsonScanner userId = new JsonScanner(USER_ID_PATHS, 8);
  private final boolean streams;

  /**
   * @param streams whether the endpoint knows streams at all (counting tokens does not)
   */
  public MessagesRequestReader(int maxDepth, boolean streams) {
    this.body = new RequestBody(PATHS, maxDepth);
    this.streams = streams;
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
        streams && body.scanner().isTrue(STREAM),
        body.positive(MAX_TOKENS),
        UsageRequest.GIVEN,
        body.scanner().text(SERVICE_TIER),
        body.text(USER_ID).flatMap(this::session),
        body.promptStart(MESSAGES, TOOLS, SYSTEM),
        Optional.empty());
  }

  /**
   * Claude Code puts its session into the user's id: as JSON, or in older versions after a mark.
   * Anything else says who the user is, not which session.
   */
  private Optional<String> session(String id) {
    if (id.startsWith("{")) {
      byte[] json = id.getBytes(UTF_8);
      userId.reset();
      boolean whole = userId.feed(json, 0, json.length) && userId.finish();
      String session = whole ? userId.text(SESSION_ID) : "";
      return session.isEmpty() ? Optional.empty() : Optional.of(session);
    }
    int mark = id.lastIndexOf(SESSION_MARK);
    String session = mark < 0 ? "" : id.substring(mark + SESSION_MARK.length());
    return session.isEmpty() ? Optional.empty() : Optional.of(session);
  }
}
