package dev.probity.telemetry.dialect;

import java.util.regex.Pattern;

/**
 * A model's plain name, as its vendor writes it and the price book lists it, from what clouds and
 * clients make of it. A name that is in none of these shapes stays as it is.
 *
 * <ul>
 *   <li>{@code claude-opus-4-8[1m]}: Claude Code marks its context window
 *   <li>{@code us.anthropic.claude-sonnet-4-5-20250929-v1:0}, also at the end of an ARN: Bedrock
 *   <li>{@code claude-sonnet-4-5@20250929}, also at the end of a resource name: Vertex AI
 * </ul>
 */
final class ModelName {
  private static final Pattern CONTEXT_MARK = Pattern.compile("\\[[0-9A-Za-z]{1,8}]$");
  private static final Pattern BEDROCK_VERSION = Pattern.compile("-v\\d{1,3}(:\\d{1,9}\\w{0,3})?$");
  private static final Pattern VERTEX_DAY = Pattern.compile("@(\\d{8})$");
  private static final Pattern VERTEX_ALIAS = Pattern.compile("@(default|latest)$");
  private static final String ANTHROPIC = "anthropic.";

  private ModelName() {}

  /** The plain name; empty for an empty one. */
  static String of(String name) {
    String model = Words.bounded(name);
    return isPlain(model) ? model : Words.plain(stripped(model));
  }

  private static String stripped(String said) {
    String model = said;
    model = CONTEXT_MARK.matcher(model).replaceFirst("");
    if (model.startsWith("arn:")
        || model.startsWith("projects/")
        || model.startsWith("publishers/")) {
      model = model.substring(model.lastIndexOf('/') + 1);
    }
    model = Words.without("models/", model);
    int vendor = model.indexOf(ANTHROPIC);
    if (vendor >= 0 && model.startsWith("claude-", vendor + ANTHROPIC.length())) {
      String plain = model.substring(vendor + ANTHROPIC.length());
      return BEDROCK_VERSION.matcher(plain).replaceFirst("");
    }
    model = VERTEX_ALIAS.matcher(model).replaceFirst("");
    return VERTEX_DAY.matcher(model).replaceFirst("-$1");
  }

  /** Nearly every name is: then there is nothing to look for. */
  private static boolean isPlain(String model) {
    for (int i = 0; i < model.length(); i++) {
      char c = model.charAt(i);
      if (c == '[' || c == ':' || c == '/' || c == '@' || c == '\\' || c == '~') {
        return false;
      }
    }
    return !model.contains(ANTHROPIC) && !model.startsWith(".");
  }
}
