package dev.probity.server.settings;

import dev.probity.gateway.state.ResponseSettings;
import dev.probity.server.settings.Type.Section;
import java.util.List;

/** The keys below {@code responses}. */
final class ResponseKeys {
  private static final Key<ResponseSettings.State> STATE =
      Key.of(
          "state",
          Types.choice(ResponseSettings.State.values()),
          "off",
          "Where responses are remembered, so that a later request can go on from one with"
              + " previous_response_id whatever its provider: nowhere beyond the connection that"
              + " they came over (off; providers that keep responses themselves still do), or in"
              + " memory for whoever has the same key (memory).");
  private static final Key<Long> BYTES =
      Key.of(
          "bytes",
          Types.size("1MiB", "64GiB"),
          "256MiB",
          "The most that remembered responses take together; the oldest go first.");
  private static final Key<Long> KEEP =
      Key.of(
          "keep",
          Types.duration("1s", "30d"),
          "1h",
          "How long a response is remembered after it was last asked for.");
  private static final Key<Long> CONNECTION_BYTES =
      Key.of(
          "connection_bytes",
          Types.size("0B", "1GiB"),
          "32MiB",
          "The most that the responses of one WebSocket take; part of limits.bodies_bytes.");
  private static final Key<Long> CONNECTION_TIME =
      Key.of("connection_time", Types.duration("1s", "24h"), "1h", "How long a WebSocket lives.");

  static final Key<ResponseSettings> RESPONSES =
      Key.optional(
          "responses",
          new Section<>(
              new Schema<>(
                  List.of(STATE, BYTES, KEEP, CONNECTION_BYTES, CONNECTION_TIME),
                  values ->
                      new ResponseSettings(
                          values.get(STATE),
                          values.get(BYTES),
                          values.get(KEEP),
                          values.get(CONNECTION_BYTES),
                          values.get(CONNECTION_TIME)))),
          "What is remembered of OpenAI responses: prompts and answers, in memory only, never"
              + " stored or logged.");

  private ResponseKeys() {}
}
