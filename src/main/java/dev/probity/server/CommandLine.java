package dev.probity.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code java -jar probity.jar …} was asked to do. Four words and three options do not earn a
 * library that start-up would pay for.
 */
public sealed interface CommandLine {
  /** Serve until told to end. */
  record Run(Optional<Path> config, OptionalInt port, Path data) implements CommandLine {}

  /** Print what is stored, what for and for how long. */
  record DataMap() implements CommandLine {}

  /** Start on free ports, serve a few requests, end: for the start-up cache. */
  record Train() implements CommandLine {}

  /** Print the version. */
  record Version() implements CommandLine {}

  /** The operator made a mistake; the message says what to do. */
  record Mistake(String message) implements CommandLine {}

  /** The words, as the launcher knows them too. */
  List<String> WORDS = List.of("run", "data-map", "version");

  static CommandLine parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      return new Mistake("say what to do: " + String.join(", ", WORDS));
    }
    String word = arguments.getFirst();
    List<String> options = arguments.subList(1, arguments.size());
    return switch (word) {
      case "run" -> parseRun(options);
      case "data-map" -> without(options, word, new DataMap());
      case "train" -> without(options, word, new Train());
      case "version" -> without(options, word, new Version());
      default ->
          new Mistake(
              "there is no word \"" + word + "\" (known: " + String.join(", ", WORDS) + ")");
    };
  }

  private static CommandLine without(List<String> options, String word, CommandLine command) {
    return options.isEmpty()
        ? command
        : new Mistake(word + " takes no options, found " + options.getFirst());
  }

  private static CommandLine parseRun(List<String> options) {
    Optional<Path> config = Optional.empty();
    OptionalInt port = OptionalInt.empty();
    Path data = Path.of("data");
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (!List.of("--config", "--port", "--data").contains(name)) {
        return new Mistake(
            "run does not know " + name + " (known: --config FILE, --port PORT, --data DIR)");
      }
      if (equals < 0 && i + 1 == options.size()) {
        return new Mistake(name + " needs a value");
      }
      String value = equals < 0 ? options.get(++i) : option.substring(equals + 1);
      try {
        switch (name) {
          case "--config" -> config = Optional.of(Path.of(value));
          case "--port" -> port = OptionalInt.of(port(value));
          default -> data = Path.of(value);
        }
      } catch (NumberFormatException e) {
        return new Mistake("--port: found \"" + value + "\" (expected: 0 to 65535)");
      } catch (InvalidPathException e) {
        return new Mistake(name + ": found \"" + value + "\" (expected: a path)");
      }
    }
    return new Run(config, port, data);
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 65_535) {
      throw new NumberFormatException(text);
    }
    return port;
  }
}
