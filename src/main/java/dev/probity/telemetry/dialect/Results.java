package dev.probity.telemetry.dialect;

import dev.probity.telemetry.Result;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import java.util.Locale;

/** How things ended, in the words of agents. */
final class Results {
  private Results() {}

  /** What was decided of a tool or an edit. */
  static Result decision(String word) {
    String said = word.toLowerCase(Locale.ROOT);
    if (said.startsWith("accept") || said.startsWith("approve") || said.startsWith("auto_accept")) {
      return Result.ACCEPTED;
    }
    if (said.startsWith("reject") || said.startsWith("den") || said.equals("timed_out")) {
      return Result.REJECTED;
    }
    return switch (said) {
      // Gemini's: accepted with changes.
      case "modify" -> Result.ACCEPTED;
      case "abort", "cancel", "cancelled" -> Result.CANCELLED;
      default -> Result.UNKNOWN;
    };
  }

  /** Whether it went well, where an attribute says so. */
  static Result success(Attributes attributes, Attribute attribute) {
    if (!attributes.has(attribute)) {
      return Result.UNKNOWN;
    }
    return attributes.isTrue(attribute) ? Result.OK : Result.FAILED;
  }

  /** The first that is a stable word or a status, of what says what went wrong; never a message. */
  static String error(Attributes attributes, String otherwise, Attribute... names) {
    for (Attribute name : names) {
      String word = Words.identifier(attributes.text(name));
      if (!word.isEmpty() && !word.equals("0")) {
        return word;
      }
    }
    return otherwise;
  }
}
