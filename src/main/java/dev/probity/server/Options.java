package dev.probity.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options behind a word: {@code --name VALUE}, {@code --name=VALUE}, and {@code --flag} for
 * those that say yes.
 */
record Options(Map<String, String> values) {
  /**
   * @param word whose options they are
   * @param named options with a value, such as {@code --url URL}
   * @param flags options without
   * @throws IllegalArgumentException if something else stands there; the message says what is known
   */
  static Options read(String word, List<String> arguments, List<String> named, List<String> flags) {
    List<String> names = named.stream().map(each -> each.substring(0, each.indexOf(' '))).toList();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (flags.contains(option)) {
        values.put(option, "");
      } else if (!names.contains(name)) {
        throw new IllegalArgumentException(
            word + " does not know " + name + " (known: " + known(named, flags) + ")");
      } else if (equals >= 0) {
        values.put(name, option.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        values.put(name, arguments.get(++i));
      } else {
        throw new IllegalArgumentException(name + " needs a value");
      }
    }
    return new Options(values);
  }

  private static String known(List<String> named, List<String> flags) {
    return String.join(", ", named) + (flags.isEmpty() ? "" : ", " + String.join(", ", flags));
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }
}
