package dev.probity.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was asked for on the command line.
 *
 * @param only the cases to run; all by default
 * @param probity the launcher to start Probity with; empty: leave Probity out
 * @param document where the results are written; empty: only printed
 */
record Options(
    boolean quick,
    int repetitions,
    List<Workload> only,
    Optional<Path> probity,
    String nginx,
    Optional<Path> document) {

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  static Options parse(List<String> words, Path home) {
    boolean quick = words.contains("--quick");
    int repetitions = quick ? 2 : 5;
    List<Workload> only = Workload.ALL;
    Optional<Path> probity = Optional.of(home.resolve("probity"));
    Optional<Path> document = Optional.of(home.resolve("docs/performance.md"));
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--quick" -> {}
        case "--print" -> document = Optional.empty();
        case "--without-probity" -> probity = Optional.empty();
        case "--repetitions" -> repetitions = Integer.parseInt(value(words, ++i));
        case "--case" -> only = List.of(workload(value(words, ++i)));
        case "--probity" -> probity = Optional.of(Path.of(value(words, ++i)).toAbsolutePath());
        default ->
            throw new IllegalArgumentException(
                "Unknown option '%s'. There are: --quick, --repetitions N, --case NAME, --print, --probity PATH, --without-probity."
                    .formatted(words.get(i)));
      }
    }
    // A part of the table would replace all of it.
    if (quick || only != Workload.ALL || probity.isEmpty()) {
      document = Optional.empty();
    }
    String nginx = Optional.ofNullable(System.getenv("BENCH_NGINX")).orElse("nginx");
    return new Options(quick, repetitions, only, probity, nginx, document);
  }

  static Workload workload(String name) {
    return Workload.ALL.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no case '%s'. There are: %s."
                    .formatted(
                        name,
                        Workload.ALL.stream()
                            .map(Workload::name)
                            .collect(Collectors.joining(", ")))));
  }

  private static String value(List<String> words, int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(words.get(index - 1) + " needs a value.");
    }
    return words.get(index);
  }
}
