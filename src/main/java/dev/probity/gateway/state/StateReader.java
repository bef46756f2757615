package dev.probity.gateway.state;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.request.RequestBody;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads requests for responses for their state. Reusable; not for several threads. */
public final class StateReader {
  private static final int ID_BYTES = 512;
  private static final int LANE_BYTES = 256;
  private static final JsonPaths PATHS =
      JsonPaths.watch()
          .text("type", 64)
          .text("stream_id", LANE_BYTES + 1)
          .text("previous_response_id", ID_BYTES + 1)
          .value("generate", "store", "background", "input")
          .build();
  private static final int TYPE = PATHS.index("type");
  private static final int LANE = PATHS.index("stream_id");
  private static final int PREVIOUS = PATHS.index("previous_response_id");
  private static final int GENERATE = PATHS.index("generate");
  private static final int STORE = PATHS.index("store");
  private static final int BACKGROUND = PATHS.index("background");
  private static final int INPUT = PATHS.index("input");

  private final RequestBody body;

  public StateReader(int maxDepth) {
    body = new RequestBody(PATHS, maxDepth);
  }

  /** Reads a whole body without consuming it. */
  public StateReading read(ByteBuf bytes) {
    Optional<Refusal> malformed = body.read(bytes);
    if (malformed.isPresent()) {
      return new StateFacts.Refused(malformed.get(), "");
    }
    String lane = lane();
    if (lane == null) {
      return refused(
          "invalid_stream_id",
          "stream_id",
          "\"stream_id\" must be 1 to 256 letters, digits, '_', '-' or '.'; leave it out for the"
              + " lane without a name.");
    }
    for (int path : new int[] {PREVIOUS, INPUT, LANE, TYPE}) {
      if (json().isDuplicate(path)) {
        return refused(
            "duplicate_field", "", "A field of the request is named more than once. Send it once.");
      }
    }
    JsonKind previous = json().kind(PREVIOUS);
    boolean none = previous == JsonKind.ABSENT || previous == JsonKind.NULL;
    if (!none && (previous != JsonKind.STRING || json().length(PREVIOUS) > ID_BYTES)) {
      return refused(
          "invalid_field",
          "previous_response_id",
          "\"previous_response_id\" must be the id of a response.");
    }
    return new StateFacts(
        json().text(TYPE),
        lane,
        none ? Optional.empty() : Optional.of(json().text(PREVIOUS)),
        json().kind(GENERATE) != JsonKind.FALSE,
        json().kind(STORE) != JsonKind.FALSE,
        json().isTrue(BACKGROUND));
  }

  private JsonScanner json() {
    return body.scanner();
  }

  /** Null if it is none. */
  private @Nullable String lane() {
    JsonKind kind = json().kind(LANE);
    if (kind == JsonKind.ABSENT || kind == JsonKind.NULL) {
      return "";
    }
    String name = json().text(LANE);
    if (kind != JsonKind.STRING || name.isEmpty() || json().length(LANE) > LANE_BYTES) {
      return null;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '_'
              || c == '-'
              || c == '.';
      if (!allowed) {
        return null;
      }
    }
    return name;
  }

  private static StateFacts.Refused refused(String code, String parameter, String message) {
    return new StateFacts.Refused(new Refusal(Reason.INVALID, code, message), parameter);
  }
}
