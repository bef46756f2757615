package dev.probity.server.settings;

import dev.probity.gateway.GatewaySettings.DrainLimit;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.server.settings.Type.Section;
import java.util.List;

/** The keys below {@code drain}, {@code timeouts} and {@code limits}. */
final class GatewayKeys {
  private static final Key<Long> DRAIN_BYTES =
      Key.of("bytes", Types.size("0B", "1GiB"), "8MiB", "The most that is read.");
  private static final Key<Long> DRAIN_TIME =
      Key.of("time", Types.duration("0s", "1h"), "60s", "The longest that is read.");
  static final Key<DrainLimit> DRAIN =
      Key.optional(
          "drain",
          new Section<>(
              new Schema<>(
                  List.of(DRAIN_BYTES, DRAIN_TIME),
                  values -> new DrainLimit(values.get(DRAIN_BYTES), values.get(DRAIN_TIME)))),
          "How far an answer is read on after its client has gone (client_gone: drain).");

  private static final Key<Long> CONNECT =
      timeout("connect", "5s", "To establish a connection to a provider, TLS included.");
  private static final Key<Long> FIRST_BYTE =
      timeout("first_byte", "5m", "From the request sent to the head of the answer.");
  private static final Key<Long> STALL =
      timeout("stall", "5m", "Between two pieces of an answer's content; pings do not count.");
  private static final Key<Long> TOTAL = timeout("total", "1h", "The whole exchange.");
  private static final Key<Long> POOL_IDLE =
      timeout("pool_idle", "30s", "How long an unused connection to a provider is kept.");
  private static final Key<Long> CLIENT_HEAD =
      timeout("client_head", "10s", "For a client to send a request's head, from its first byte.");
  private static final Key<Long> CLIENT_BODY =
      timeout("client_body", "30s", "Between two pieces of a client's body.");
  private static final Key<Long> CLIENT_IDLE =
      timeout("client_idle", "75s", "How long an unused client connection is kept.");
  private static final Key<Long> SHUTDOWN =
      timeout("shutdown", "30s", "How long running exchanges may take to end at shutdown.");
  static final Key<Timeouts> TIMEOUTS =
      Key.optional(
          "timeouts",
          new Section<>(
              new Schema<>(
                  List.of(
                      CONNECT,
                      FIRST_BYTE,
                      STALL,
                      TOTAL,
                      POOL_IDLE,
                      CLIENT_HEAD,
                      CLIENT_BODY,
                      CLIENT_IDLE,
                      SHUTDOWN),
                  values ->
                      new Timeouts(
                          values.get(CONNECT),
                          values.get(FIRST_BYTE),
                          values.get(STALL),
                          values.get(TOTAL),
                          values.get(POOL_IDLE),
                          values.get(CLIENT_HEAD),
                          values.get(CLIENT_BODY),
                          values.get(CLIENT_IDLE),
                          values.get(SHUTDOWN)))),
          "How long things may take.");

  private static final Key<Long> BODY_BYTES =
      Key.of("body_bytes", Types.size("1KiB", "1GiB"), "64MiB", "The largest request body.");
  private static final Key<Long> BODIES_BYTES =
      Key.of(
          "bodies_bytes",
          Types.size("1MiB", "64GiB"),
          "256MiB",
          "All request bodies in memory together.");
  private static final Key<Long> HEAD_BYTES =
      Key.of(
          "head_bytes",
          Types.size("4KiB", "1MiB"),
          "64KiB",
          "A request's head: line and headers together.");
  private static final Key<Integer> JSON_DEPTH =
      Key.of(
          "json_depth",
          Types.integer("levels", 8, 10_000),
          "256",
          "How deep a request's JSON may nest.");
  private static final Key<Integer> CONNECTIONS =
      Key.of(
          "connections",
          Types.integer("connections", 1, 1_000_000),
          "20000",
          "Open client connections.");
  static final Key<Limits> LIMITS =
      Key.optional(
          "limits",
          new Section<>(
              new Schema<>(
                  List.of(BODY_BYTES, BODIES_BYTES, HEAD_BYTES, JSON_DEPTH, CONNECTIONS),
                  values ->
                      new Limits(
                          Math.toIntExact(values.get(BODY_BYTES)),
                          values.get(BODIES_BYTES),
                          Math.toIntExact(values.get(HEAD_BYTES)),
                          values.get(JSON_DEPTH),
                          values.get(CONNECTIONS)))),
          "How much may be asked at once. Read at the start.");

  private GatewayKeys() {}

  private static Key<Long> timeout(String name, String standard, String meaning) {
    return Key.of(name, Types.duration("1ms", "7d"), standard, meaning);
  }
}
