package dev.probity.gateway.door.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.kernel.Refusal;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;

/** Errors as messages: what the answer over HTTP would have said, its status and its headers. */
final class SocketErrors {
  private static final int MAX_TEXT = 4 << 10;
  private static final JsonPaths PATHS = JsonPaths.watch().value("error").build();
  private static final int ERROR = PATHS.index("error");

  private SocketErrors() {}

  /**
   * An error of our own.
   *
   * @param lane empty for the lane without a name
   * @param parameter the field that is wrong; empty if it is none
   */
  static byte[] of(Refusal refusal, String lane, String parameter) {
    JsonWriter out = begin(refusal.status(), lane);
    out.name("error").beginObject();
    out.member("type", refusal.status() < 500 ? "invalid_request_error" : "server_error");
    out.member("code", refusal.code()).member("message", refusal.message());
    if (parameter.isEmpty()) {
      out.name("param").nullValue();
    } else {
      out.member("param", parameter);
    }
    return out.endObject().endObject().toBytes();
  }

  /** An answer that is an error, as the provider or the gateway worded it. */
  static byte[] of(int status, HttpHeaders headers, byte[] document, String lane) {
    JsonWriter out = begin(status, lane);
    out.name("error");
    JsonScanner json = new JsonScanner(PATHS, 64);
    json.reset();
    boolean whole = json.feed(document, 0, document.length) && json.finish();
    if (whole && json.kind(ERROR) == JsonKind.OBJECT) {
      out.value(RawJson.of(document, (int) json.start(ERROR), (int) json.end(ERROR)));
    } else {
      String text = new String(document, 0, Math.min(document.length, MAX_TEXT), UTF_8);
      out.beginObject()
          .member("type", status < 500 ? "invalid_request_error" : "server_error")
          .member("message", text.isBlank() ? "The provider answered " + status + "." : text);
      out.name("param").nullValue().name("code").nullValue().endObject();
    }
    out.name("headers").beginObject();
    for (Map.Entry<String, String> each : headers) {
      String name = each.getKey().toLowerCase(Locale.ROOT);
      if (isTold(name)) {
        out.member(name, each.getValue());
      }
    }
    return out.endObject().endObject().toBytes();
  }

  /** What clients decide by when, and whether, to try again; and what support asks for. */
  private static boolean isTold(String name) {
    return name.startsWith("retry-after")
        || name.startsWith("x-ratelimit-")
        || name.startsWith("x-codex-")
        || name.startsWith("x-probity-")
        || name.equals("x-should-retry")
        || name.equals("x-request-id");
  }

  private static JsonWriter begin(int status, String lane) {
    JsonWriter out = new JsonWriter();
    out.beginObject().member("type", "error").member("status", status);
    if (!lane.isEmpty()) {
      out.member("stream_id", lane);
    }
    return out;
  }
}
