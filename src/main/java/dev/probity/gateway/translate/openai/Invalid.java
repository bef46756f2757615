package dev.probity.gateway.translate.openai;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Untranslatable;

/** Refusals of what is no valid request, said as OpenAI says them. */
public final class Invalid {
  private static final int SHOWN = 64;

  private Invalid() {}

  public static Untranslatable missing(String parameter) {
    return Untranslatable.request(
        "missing_required_parameter", "Missing required parameter: '" + parameter + "'.");
  }

  /**
   * @param expected such as {@code an object}
   */
  public static Untranslatable type(String parameter, String expected, RawJson found) {
    return Untranslatable.request(
        "invalid_type",
        "Invalid type for '"
            + parameter
            + "': expected "
            + expected
            + ", but got "
            + kind(found)
            + " instead.");
  }

  /**
   * @param advice what to send instead
   */
  public static Untranslatable value(String parameter, String found, String advice) {
    String shown = found.length() > SHOWN ? found.substring(0, SHOWN) + "..." : found;
    return Untranslatable.request(
        "invalid_value", "Invalid value for '" + parameter + "': '" + shown + "'. " + advice);
  }

  private static String kind(RawJson found) {
    return switch (found.kind()) {
      case STRING -> "a string";
      case NUMBER -> "a number";
      case TRUE, FALSE -> "a boolean";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL, ABSENT -> "null";
    };
  }
}
