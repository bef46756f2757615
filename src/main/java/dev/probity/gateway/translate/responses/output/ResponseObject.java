package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The response itself, as events and documents hold it: mostly what was asked, repeated. */
final class ResponseObject {
  /** Members that repeat the request's, and what stands there if it has none. */
  private static final List<Map.Entry<String, String>> REPEATED =
      List.of(
          Map.entry("previous_response_id", "null"),
          Map.entry("instructions", "null"),
          Map.entry("tool_choice", "\"auto\""),
          Map.entry("truncation", "\"disabled\""),
          Map.entry("parallel_tool_calls", "true"),
          Map.entry("top_p", "1.0"),
          Map.entry("presence_penalty", "0.0"),
          Map.entry("frequency_penalty", "0.0"),
          Map.entry("top_logprobs", "0"),
          Map.entry("temperature", "1.0"),
          Map.entry("max_output_tokens", "null"),
          Map.entry("max_tool_calls", "null"),
          Map.entry("store", "true"),
          Map.entry("background", "false"),
          Map.entry("user", "null"),
          Map.entry("metadata", "{}"),
          Map.entry("safety_identifier", "null"),
          Map.entry("prompt_cache_key", "null"));

  private static final Set<String> TIERS = Set.of("default", "flex", "priority", "fast");

  private final AnswerFrame frame;
  private final Map<String, RawJson> request;
  private final RawJson reasoning;
  private final RawJson text;
  private final RawJson tools;

  ResponseObject(AnswerFrame frame) {
    this.frame = frame;
    this.request = members(frame.request());
    this.reasoning = reasoning(request.getOrDefault("reasoning", RawJson.EMPTY_OBJECT));
    this.text = text(members(request.getOrDefault("text", RawJson.EMPTY_OBJECT)));
    this.tools = tools(request.getOrDefault("tools", RawJson.EMPTY_ARRAY));
  }

  String id() {
    return frame.name("resp_");
  }

  /** Before the answer is over. */
  void begun(JsonWriter out) {
    head("in_progress", out);
    out.name("incomplete_details").nullValue();
    out.name("output").beginArray().endArray();
    out.name("usage").nullValue();
    tail(out);
  }

  /**
   * The whole.
   *
   * @param incomplete why it is not whole; empty if it is
   * @param output its items
   */
  void finished(String incomplete, List<RawJson> output, JsonWriter out) {
    head(incomplete.isEmpty() ? "completed" : "incomplete", out);
    out.name("incomplete_details");
    if (incomplete.isEmpty()) {
      out.nullValue();
    } else {
      out.beginObject().member("reason", incomplete).endObject();
    }
    out.name("output").beginArray();
    output.forEach(out::value);
    out.endArray();
    UsageObject.write(frame.read().usage(), out.name("usage"));
    tail(out);
  }

  private void head(String status, JsonWriter out) {
    out.beginObject()
        .member("id", id())
        .member("object", "response")
        .member("created_at", frame.createdSeconds())
        .member("status", status)
        .name("completed_at")
        .nullValue()
        .name("error")
        .nullValue()
        .member("model", frame.model());
  }

  private void tail(JsonWriter out) {
    for (Map.Entry<String, String> member : REPEATED) {
      RawJson asked = request.get(member.getKey());
      if (asked == null) {
        out.name(member.getKey()).value(RawJson.of(member.getValue()));
      } else {
        out.member(member.getKey(), asked);
      }
    }
    out.member("reasoning", reasoning).member("text", text).member("tools", tools);
    String tier = frame.read().serviceTier();
    out.member("service_tier", TIERS.contains(tier) ? tier : "default");
    out.endObject();
  }

  private static RawJson reasoning(RawJson asked) {
    JsonWriter out = new JsonWriter();
    completed(asked, Map.of("effort", RawJson.NULL, "summary", RawJson.NULL), out);
    return out.toJson();
  }

  private static RawJson text(Map<String, RawJson> asked) {
    JsonWriter out = new JsonWriter().beginObject();
    RawJson format = asked.getOrDefault("format", RawJson.EMPTY_OBJECT);
    boolean schema = members(format).containsKey("schema");
    out.name("format");
    completed(
        format,
        schema
            ? Map.of("description", RawJson.NULL, "strict", RawJson.FALSE)
            : Map.of("type", RawJson.text("text")),
        out);
    asked.forEach((name, value) -> {
      if (!name.equals("format")) {
        out.member(name, value);
      }
    });
    return out.endObject().toJson();
  }

  private static RawJson tools(RawJson asked) {
    JsonWriter out = new JsonWriter().beginArray();
    try {
      JsonCursor cursor = asked.cursor();
      cursor.enterArray();
      while (cursor.nextElement()) {
        RawJson tool = cursor.raw();
        boolean function = RawJson.text("function").equals(members(tool).get("type"));
        completed(tool, function ? FUNCTION : Map.of(), out);
      }
    } catch (MalformedJson _) {
      // It was read before, when the request was.
    }
    return out.endArray().toJson();
  }

  /** What every function of a response has. */
  private static final Map<String, RawJson> FUNCTION =
      Map.of("description", RawJson.NULL, "parameters", RawJson.NULL, "strict", RawJson.TRUE);

  /** An object, and the members that it lacks. */
  private static void completed(RawJson object, Map<String, RawJson> missing, JsonWriter out) {
    Map<String, RawJson> all = members(object);
    out.beginObject();
    all.forEach(out::member);
    missing.forEach((name, value) -> {
      if (!all.containsKey(name)) {
        out.member(name, value);
      }
    });
    out.endObject();
  }

  /** The members that are not null. */
  private static Map<String, RawJson> members(RawJson object) {
    Map<String, RawJson> members = new LinkedHashMap<>();
    if (!object.isObject()) {
      return members;
    }
    try {
      JsonCursor cursor = object.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        String name = cursor.name();
        if (!cursor.skipNull()) {
          members.put(name, cursor.raw());
        }
      }
    } catch (MalformedJson _) {
      // It was read before, when the request was.
    }
    return members;
  }
}
