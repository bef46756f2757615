package dev.probity.server;

import dev.probity.kernel.Secret;
import dev.probity.server.importing.ImportCommand;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
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

  /** Ask a running Probity why a call went where it went. */
  record Explain(String exchange, Remote remote) implements CommandLine {}

  /** Have a running Probity charge its log again. */
  record Reprice(Optional<LocalDate> from, Optional<LocalDate> to, boolean apply, Remote remote)
      implements CommandLine {}

  /** Start on free ports, serve a few requests, end: for the start-up cache. */
  record Train() implements CommandLine {}

  /** Print the version. */
  record Version() implements CommandLine {}

  /** The operator made a mistake; the message says what to do. */
  record Mistake(String message) implements CommandLine {}

  /**
   * Which Probity is asked.
   *
   * @param key instead of PROBITY_ADMIN_KEY
   */
  record Remote(URI url, Optional<Secret> key) {}

  /** The words, as the launcher knows them too. */
  List<String> WORDS =
      List.of("run", "explain", "reprice", "import", "prices", "data-map", "version");

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
      case "explain" -> parseExplain(options);
      case "reprice" -> parseReprice(options);
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

  private static CommandLine parseExplain(List<String> options) {
    if (options.isEmpty() || options.getFirst().startsWith("-")) {
      return new Mistake(
          "say which exchange: explain EXCHANGE, its id as the header x-probity-exchange gave it");
    }
    List<String> rest = options.subList(1, options.size());
    try {
      return new Explain(
          options.getFirst(),
          remote(Options.read("explain", rest, List.of("--url URL", "--key KEY"), List.of())));
    } catch (IllegalArgumentException e) {
      return new Mistake(String.valueOf(e.getMessage()));
    }
  }

  private static CommandLine parseReprice(List<String> options) {
    try {
      Options read =
          Options.read(
              "reprice",
              options,
              List.of("--from DAY", "--to DAY", "--url URL", "--key KEY"),
              List.of("--apply"));
      return new Reprice(day(read, "--from"), day(read, "--to"), read.has("--apply"), remote(read));
    } catch (IllegalArgumentException e) {
      return new Mistake(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<LocalDate> day(Options options, String name) {
    Optional<String> text = options.value(name);
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          name + ": found \"" + text.orElseThrow() + "\" (expected: a day such as 2026-11-20)");
    }
  }

  private static Remote remote(Options options) {
    String text = options.value("--url").orElse("http://127.0.0.1:8080");
    try {
      URI url = new URI(text);
      if (List.of("http", "https").contains(url.getScheme()) && url.getHost() != null) {
        return new Remote(url, options.value("--key").map(Secret::new));
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "--url: found \"" + text + "\" (expected: such as http://127.0.0.1:8080)");
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
