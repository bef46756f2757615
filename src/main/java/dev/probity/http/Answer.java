package dev.probity.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a handler answers.
 *
 * @param headers by lower-case name, beyond content type and length
 */
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
  /** An answer's body. */
  public sealed interface Body {}

  /** Bytes that are all there. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; handed over, not kept.
  public record Whole(byte[] bytes) implements Body {}

  /** Server-sent events that are written as they come. */
  public record Events(EventSource source) implements Body {}

  public static Answer json(int status, JsonNode value) {
    return whole(status, "application/json", Json.bytes(value));
  }

  public static Answer json(JsonNode value) {
    return json(200, value);
  }

  public static Answer html(int status, byte[] page) {
    return whole(status, "text/html; charset=utf-8", page);
  }

  public static Answer csv(String fileName, String text) {
    return whole(200, "text/csv; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
        .with("content-disposition", "attachment; filename=\"" + fileName + "\"");
  }

  public static Answer empty(int status) {
    return whole(status, "", new byte[0]);
  }

  public static Answer events(EventSource source) {
    return new Answer(200, "text/event-stream", Map.of(), new Events(source));
  }

  /** After a form was sent: look there, with GET. */
  public static Answer seeOther(String path) {
    return empty(303).with("location", path);
  }

  public static Answer whole(int status, String contentType, byte[] bytes) {
    return new Answer(status, contentType, Map.of(), new Whole(bytes));
  }

  /** The same answer with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, Map.copyOf(more), body);
  }
}
