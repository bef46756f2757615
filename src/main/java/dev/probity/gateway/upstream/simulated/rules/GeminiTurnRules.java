package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.get;
import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.has;
import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.only;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Google refuses of a conversation. */
final class GeminiTurnRules {
  /** Whose seals on thoughts are Google's. */
  private static final String VENDOR = "google";

  private static final Set<String> PLACEHOLDERS =
      Set.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");
  private static final Set<String> DATA =
      Set.of(
          "codeExecutionResult",
          "executableCode",
          "fileData",
          "functionCall",
          "functionResponse",
          "inlineData",
          "text",
          "toolCall",
          "toolResponse");
  private static final Set<String> BESIDE_DATA =
      Set.of("mediaResolution", "partMetadata", "thought", "thoughtSignature", "videoMetadata");

  private final boolean third;

  /**
   * @param third whether the model wants its calls signed
   */
  GeminiTurnRules(boolean third) {
    this.third = third;
  }

  void check(JsonNode contents) {
    List<JsonNode> all = new ArrayList<>();
    (contents.isArray() ? contents : Trees.array(contents)).forEach(all::add);
    int turnBegins = 0;
    for (int i = 0; i < all.size(); i++) {
      String path = "contents[" + i + "]";
      only(all.get(i), path, Set.of("role", "parts"));
      String role = get(all.get(i), "role").asString("user");
      if (!Set.of("user", "model", "function").contains(role)) {
        throw Rejection.invalid("Please use a valid role: user, model.");
      }
      parts(all.get(i), path);
      if (!isModel(all.get(i))
          && count(all.get(i), "text") > 0
          && count(all.get(i), "functionResponse") == 0) {
        turnBegins = i;
      }
    }
    pairs(all);
    if (third) {
      signatures(all, turnBegins);
    }
  }

  static void parts(JsonNode content, String path) {
    JsonNode parts = get(content, "parts");
    if (parts.isEmpty()) {
      throw GoogleWords.field(path + ".parts", "contents.parts must not be empty.");
    }
    int at = 0;
    for (JsonNode part : parts.isArray() ? parts : Trees.array(parts)) {
      part(part, path + ".parts[" + at + "]");
      at++;
    }
  }

  private static void part(JsonNode part, String path) {
    String data = "";
    for (String name : part.propertyNames()) {
      String camel = GoogleWords.camel(name);
      if (!DATA.contains(camel)) {
        continue;
      }
      if (!data.isEmpty()) {
        throw Rejection.invalid(
            "Invalid value at '"
                + path
                + "' (oneof), oneof field 'data' is already set. Cannot set '"
                + camel
                + "'");
      }
      data = camel;
    }
    for (String name : part.propertyNames()) {
      if (!DATA.contains(GoogleWords.camel(name))) {
        only(Trees.object(name, true), path, BESIDE_DATA);
      }
    }
    if (data.isEmpty()) {
      throw GoogleWords.field(
          path + ".data", "required oneof field 'data' must have one initialized field");
    }
    String at = path + "." + GoogleWords.snake(data);
    JsonNode value = get(part, data);
    switch (data) {
      case "text" -> {
        if (!value.isString()) {
          throw GoogleWords.value(at, "TYPE_STRING", value);
        }
      }
      case "functionCall" -> call(value, at);
      case "functionResponse" -> response(value, at);
      case "inlineData" -> inline(value, at);
      case "fileData" -> {
        only(value, at, Set.of("mimeType", "fileUri", "displayName"));
        if (get(value, "fileUri").asString("").isEmpty()) {
          throw GoogleWords.field(at + ".file_uri", "file_uri must not be empty.");
        }
      }
      default -> {}
    }
    signature(get(part, "thoughtSignature"), path + ".thought_signature");
  }

  private static void call(JsonNode call, String path) {
    only(call, path, Set.of("id", "name", "args"));
    named(call, path);
    object(get(call, "args"), path + ".args");
  }

  private static void response(JsonNode response, String path) {
    only(response, path, Set.of("id", "name", "response", "parts", "willContinue", "scheduling"));
    named(response, path);
    if (!has(response, "response")) {
      throw GoogleWords.field(path + ".response", "response must be set.");
    }
    object(get(response, "response"), path + ".response");
  }

  private static void named(JsonNode function, String path) {
    if (get(function, "name").asString("").isEmpty()) {
      throw GoogleWords.field(path + ".name", "Name cannot be empty.");
    }
  }

  private static void object(JsonNode value, String path) {
    if (!value.isMissingNode() && !value.isObject()) {
      throw GoogleWords.value(path, "type.googleapis.com/google.protobuf.Struct", value);
    }
  }

  private static void inline(JsonNode blob, String path) {
    only(blob, path, Set.of("mimeType", "data", "displayName"));
    if (get(blob, "mimeType").asString("").isEmpty()) {
      throw GoogleWords.field(path + ".mime_type", "mime_type must not be empty.");
    }
    base64(get(blob, "data").asString(""), path + ".data");
  }

  private static void base64(String text, String path) {
    boolean known =
        text.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "+/-_=\n".indexOf(c) >= 0);
    if (!known) {
      throw Rejection.invalid(
          "Invalid value at '"
              + path
              + "' (TYPE_BYTES), Base64 decoding failed for \""
              + text.substring(0, Math.min(40, text.length()))
              + "\"");
    }
  }

  private static void signature(JsonNode signature, String path) {
    String text = signature.asString("");
    if (text.isEmpty() || PLACEHOLDERS.contains(text)) {
      return;
    }
    base64(text, path);
    if (!Sight.isSealOf(VENDOR, text)) {
      throw Rejection.invalid("Corrupted thought signature.");
    }
  }

  /** Each round of calls is answered at once, and by as many results. */
  private static void pairs(List<JsonNode> contents) {
    long open = 0;
    boolean answering = false;
    for (JsonNode content : contents) {
      if (isModel(content)) {
        if (answering || open == 0) {
          answering = false;
          open = 0;
        }
        open += count(content, "functionCall");
        continue;
      }
      long results = count(content, "functionResponse");
      if (results > 0 && open == 0) {
        throw Rejection.invalid(
            "Please ensure that function response turn comes immediately after a function call"
                + " turn.");
      }
      if (open != results) {
        throw Rejection.invalid(
            "Please ensure that the number of function response parts is equal to the number of"
                + " function call parts of the function call turn.");
      }
      answering = true;
      open = 0;
    }
  }

  private static void signatures(List<JsonNode> contents, int from) {
    boolean signed = false;
    for (int i = from; i < contents.size(); i++) {
      if (!isModel(contents.get(i))) {
        signed = false;
        continue;
      }
      for (JsonNode part : get(contents.get(i), "parts")) {
        JsonNode call = get(part, "functionCall");
        if (call.isMissingNode() || signed) {
          continue;
        }
        if (get(part, "thoughtSignature").asString("").isEmpty()) {
          throw Rejection.invalid(
              "Function call is missing a thought_signature in functionCall parts. This is"
                  + " required for tools to work correctly, and missing thought_signature may"
                  + " lead to degraded model performance. Additional data, function call"
                  + " `default_api:"
                  + get(call, "name").asString("")
                  + "` , position "
                  + (i + 1)
                  + ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures"
                  + " for more details.");
        }
        signed = true;
      }
    }
  }

  private static boolean isModel(JsonNode content) {
    return get(content, "role").asString("user").equals("model");
  }

  private static long count(JsonNode content, String data) {
    long count = 0;
    for (JsonNode part : get(content, "parts")) {
      count += has(part, data) ? 1 : 0;
    }
    return count;
  }
}
