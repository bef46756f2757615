package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of the parts of messages and of tools' outputs. */
final class ResponsesContentRules {
  private static final Set<String> FROM_MODEL = Set.of("output_text", "refusal");
  private static final Set<String> TO_MODEL = Set.of("input_text", "input_image", "input_file");
  private static final Set<String> DETAILS = Set.of("low", "high", "auto", "original");

  /** Only what comes before the base64: a pattern over megabytes is slow. */
  private static final Pattern IMAGE = Pattern.compile("data:image/(png|jpeg|gif|webp);base64");

  private ResponsesContentRules() {}

  /**
   * @param model whether it is the model that says it
   */
  static void check(JsonNode content, String at, boolean model) {
    if (!content.isArray()) {
      return;
    }
    Set<String> types = model ? FROM_MODEL : TO_MODEL;
    for (int i = 0; i < content.size(); i++) {
      Shape part = new Shape(content.path(i), at + "[" + i + "].");
      String type = part.requiredText("type");
      if (!types.contains(type)) {
        throw Shape.invalidValue(at + "[" + i + "]", type, types);
      }
      switch (type) {
        case "output_text" -> {
          part.only(Set.of("type", "text", "annotations", "logprobs"));
          part.requiredText("text");
        }
        case "refusal" -> {
          part.only(Set.of("type", "refusal"));
          part.requiredText("refusal");
        }
        case "input_text" -> {
          part.only(Set.of("type", "text", "prompt_cache_breakpoint"));
          part.requiredText("text");
        }
        case "input_image" -> image(part);
        default -> file(part);
      }
    }
  }

  private static void image(Shape part) {
    part.only(Set.of("type", "detail", "file_id", "image_url", "prompt_cache_breakpoint"));
    part.word("detail", DETAILS);
    if (part.has("file_id")) {
      return;
    }
    String url = part.requiredText("image_url");
    int comma = url.indexOf(',');
    boolean inline = comma > 0 && IMAGE.matcher(url.substring(0, comma)).matches();
    if (!inline && !url.startsWith("https://") && !url.startsWith("http://")) {
      throw new Rejection(
          400,
          "invalid_value",
          part.at() + "image_url",
          "Invalid '"
              + part.at()
              + "image_url'. Expected a valid URL, but got a value with an invalid format.");
    }
  }

  private static void file(Shape part) {
    part.only(
        Set.of(
            "type",
            "detail",
            "file_data",
            "file_id",
            "file_url",
            "filename",
            "prompt_cache_breakpoint"));
    if (part.has("file_data")) {
      String data = part.requiredText("file_data");
      part.requiredText("filename");
      if (data.startsWith("data:") && data.indexOf(";base64,") < 0) {
        throw new Rejection(
            400,
            "invalid_value",
            part.at() + "file_data",
            "Invalid file data: '" + part.at() + "file_data'. Expected a base64-encoded data URL.");
      }
    } else if (!part.has("file_id") && !part.has("file_url")) {
      part.required("file_id");
    }
  }
}
