package dev.probity.server.settings;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into values: {@code ${NAME}} and {@code ${NAME:-default}}; {@code $${}
 * stands for a plain {@code ${}. Values never get into a complaint.
 */
record Environment(Map<String, String> variables) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\$\\{|\\{([^}:]*)(?::-([^}]*))?(})?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  Optional<String> substitute(String text, Consumer<String> complain) {
    if (text.indexOf('$') < 0) {
      return Optional.of(text);
    }
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    boolean complete = true;
    while (matcher.find()) {
      Optional<String> value = value(matcher, complain);
      complete &= value.isPresent();
      matcher.appendReplacement(result, Matcher.quoteReplacement(value.orElse("")));
    }
    matcher.appendTail(result);
    return complete ? Optional.of(result.toString()) : Optional.empty();
  }

  private Optional<String> value(Matcher matcher, Consumer<String> complain) {
    String name = matcher.group(2);
    if (name == null) {
      return Optional.of("${");
    }
    if (matcher.group(4) == null || !NAME.matcher(name).matches()) {
      complain.accept("found a broken reference (expected: ${NAME} or ${NAME:-default})");
      return Optional.empty();
    }
    String value = variables.get(name);
    String standard = matcher.group(3);
    if (value != null && !value.isEmpty()) {
      return Optional.of(value);
    }
    if (standard != null) {
      return Optional.of(standard);
    }
    complain.accept(
        "the environment variable "
            + name
            + (value == null ? " is not set" : " is empty")
            + " (expected: set it, or write ${"
            + name
            + ":-default})");
    return Optional.empty();
  }
}
