package dev.probity.server;

import dev.probity.server.importing.ImportCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code java -jar probity.jar …} was asked to do. A few words and options do not earn a
 * library that start-up would pay for.
 */
public sealed interface CommandLine {
  /** Serve until told to end. */
  record Run(Optional<Path> config, OptionalInt port, Path data) implements CommandLine {}

  /** Print what is stored, what for and for how long. */
  record DataMap() implements CommandLine {}

  /** Make settings from another gateway's configuration. */
  record Import(String source, Path file, Path output) implements CommandLine {}

  /** Hold the price book against a downloaded table. */
  record CheckPrices(Path file, Optional<Path> config) implements CommandLine {}

  /** Start on free ports, serve a few requests, end: for the start-up cache. */
  record Train() implements CommandLine {}

  /** Print the version. */
  record Version() implements CommandLine {}

  /** The operator made a mistake; the message says what to do. */
  record Mistake(String message) implements CommandLine {}

  /** The words, as the launcher knows them too. */
  List<String> WORDS = List.of("run", "import", "prices", "data-map", "version");

  static CommandLine parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      return new Mistake("say what to do: " + String.join(", ", WORDS));
    }
    try {
      return parse(arguments.getFirst(), arguments.subList(1, arguments.size()));
    } catch (InvalidPathException e) {
      return new Mistake("found \"" + e.getInput() + "\" (expected: a path)");
    }
  }

  private static CommandLine parse(String word, List<String> options) {
    return switch (word) {
      case "run" -> parseRun(options);
      case "import" -> parseImport(options);
      case "prices" -> parsePrices(options);
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

  private static CommandLine parseImport(List<String> options) {
    if (options.size() < 2 || !ImportCommand.SOURCES.contains(options.getFirst())) {
      return new Mistake("say what to import: litellm config.yaml, or one-api channels.json");
    }
    Path output = Path.of("probity.yaml");
    if (options.size() > 2) {
      if (options.size() != 4 || !options.get(2).equals("--output")) {
        return new Mistake("import does not know " + options.get(2) + " (known: --output FILE)");
      }
      output = Path.of(options.get(3));
    }
    return new Import(options.getFirst(), Path.of(options.get(1)), output);
  }

  private static CommandLine parsePrices(List<String> options) {
    if (options.size() < 2 || !options.getFirst().equals("check")) {
      return new Mistake("say what to do with the prices: check FILE");
    }
    if (options.size() > 2 && (options.size() != 4 || !options.get(2).equals("--config"))) {
      return new Mistake(
          "prices check does not know " + options.get(2) + " (known: --config FILE)");
    }
    return new CheckPrices(
        Path.of(options.get(1)),
        options.size() == 4 ? Optional.of(Path.of(options.get(3))) : Optional.empty());
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 65_535) {
      throw new NumberFormatException(text);
    }
    return port;
  }
}
