package dev.probity.server.settings;

import dev.probity.gateway.GatewaySettings.DrainLimit;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.GatewaySettings.Retries;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.server.settings.Type.Section;
import java.util.List;
import java.util.Optional;

/** The keys below {@code drain}, {@code retries}, {@code timeouts} and {@code limits}. */
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

  private static final Key<Integer> ATTEMPTS =
      Key.of(
          "attempts",
          Types.integer("attempts", 1, 100),
          "3",
          "The most attempts that one request makes, all deployments together. Each deployment is"
              + " tried once whatever this says; 1 means never again.");
  private static final Key<Long> BACKOFF =
      Key.of(
          "backoff",
          Types.duration("1ms", "1h"),
          "500ms",
          "The longest wait before deployments are tried again, doubled each time; how long it is"
              + " within that is left to chance.");
  private static final Key<Long> LONGEST_WAIT =
      Key.of(
          "longest_wait",
          Types.duration("0s", "1h"),
          "5s",
          "The longest wait of all. Where a provider asks for more (retry-after), the client is told"
              + " at once.");
  static final Key<Retries> RETRIES =
      Key.optional(
          "retries",
          new Section<>(
              new Schema<>(
                  List.of(ATTEMPTS, BACKOFF, LONGEST_WAIT),
                  values ->
                      new Retries(
                          values.get(ATTEMPTS), values.get(BACKOFF), values.get(LONGEST_WAIT)))),
          "What happens when every deployment has failed with what may pass: overload, faults,"
              + " broken connections.");
  static final Key<Boolean> TRANSLATION =
      Key.of(
          "translation",
          Types.choice(List.of(false, true), strict -> strict ? "strict" : "lenient"),
          "lenient",
          "What happens to a request that another provider's format can't say in full: it is sent"
              + " without that and x-probity-degraded says so (lenient), or refused (strict). A"
              + " request can ask for the latter with x-probity-translation: strict.");

  private static final Key<Long> CONNECT =
      timeout("connect", "5s", "To establish a connection to a provider, TLS included.");
  private static final Key<Long> FIRST_BYTE =
      timeout("first_byte", "5m", "From the request sent to the head of the answer.");
  private static final Key<Optional<Long>> FIRST_CONTENT =
      Key.of(
          "first_content",
          new Type.Scalar<>(
              "a duration such as 300ms, 5s or 2m, from 1ms to 7d, or first_byte",
              text ->
                  text.equals("first_byte")
                      ? Optional.empty()
                      : Optional.of(Types.duration("1ms", "7d").parse().apply(text))),
          "first_byte",
          "From the request sent to the answer's first content; pings do not count. first_byte:"
              + " as long as that.");
  private static final Key<Long> HOLD =
      Key.of(
          "hold",
          Types.duration("0s", "7d"),
          "15s",
          "How long a stream that has begun is kept back for its first content. Until then another"
              + " deployment can take over unseen.");
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
                      FIRST_CONTENT,
                      HOLD,
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
                          values.get(FIRST_CONTENT).orElse(values.get(FIRST_BYTE)),
                          values.get(HOLD),
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
