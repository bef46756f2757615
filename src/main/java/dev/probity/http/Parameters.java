package dev.probity.http;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Named values of a query or a form. Every mistake is refused with the parameter's name and what is
 * expected of it; an unknown name is a mistake too, because a filter that is silently ignored
 * answers another question than the one asked.
 */
public final class Parameters {
  private static final int LONGEST = 1_000;

  private final Map<String, List<String>> values;

  Parameters(Map<String, List<String>> values, List<String> known) {
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      String name = entry.getKey();
      if (!known.contains(name)) {
        throw RefusedException.invalid(
            "unknown_parameter",
            (name.length() > 60 ? "A parameter" : "The parameter \"" + name + "\"")
                + " is not known here. Known: "
                + (known.isEmpty() ? "none" : String.join(", ", known))
                + ".");
      }
      if (entry.getValue().size() > 1) {
        throw wrong(name, "to be given once");
      }
      if (entry.getValue().getFirst().length() > LONGEST) {
        throw wrong(name, "at most " + LONGEST + " characters");
      }
    }
    this.values = values;
  }

  /** The value; empty if it is missing or blank. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name))
        .map(List::getFirst)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** A whole number in a range. */
  public int number(String name, int smallest, int largest, int otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= smallest && value <= largest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw wrong(name, "a whole number from " + smallest + " to " + largest);
  }

  /** A point in time, RFC 3339 or milliseconds since 1970, as milliseconds since 1970. */
  public OptionalLong time(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    String value = text.get();
    try {
      return OptionalLong.of(
          value.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Long.parseLong(value)
              // A plus sign that was not encoded arrives as a space.
              : OffsetDateTime.parse(value.replace(' ', '+')).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw wrong(
          name, "a time such as 2026-11-20T15:00:00Z, or milliseconds since 1970-01-01T00:00:00Z");
    }
  }

  /** One of a few words. */
  public Optional<String> oneOf(String name, List<String> allowed) {
    Optional<String> text = text(name);
    if (text.isPresent() && !allowed.contains(text.get())) {
      throw wrong(name, "one of " + String.join(", ", allowed));
    }
    return text;
  }

  /** The refusal of a parameter's value. */
  public static RefusedException wrong(String name, String expected) {
    return RefusedException.invalid(
        "invalid_parameter", "The parameter \"" + name + "\" is wrong: expected " + expected + ".");
  }
}
