package dev.probity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about the code is so. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");
  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| ((?:`\\w+` ?)+|—) ?\\|$");
  private static final Pattern WORD = Pattern.compile("`(\\w+)`");
  private static final Pattern JAVA_FILE = Pattern.compile("`([a-zA-Z/]+\\.java)`");
  private static final Path SOURCES = Path.of("src/main/java/dev/probity");

  @Test
  void dependencyTable_isTheOneThatIsTested() throws IOException {
    Map<String, List<String>> told = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("ARCHITECTURE.md"))) {
      ROW.matcher(line).results().forEach(row -> told.put(row.group(1), words(row.group(2))));
    }
    assertThat(told).isEqualTo(Architecture.MAY_IMPORT);
  }

  @Test
  void walk_namesFilesThatExist() throws IOException {
    for (String document : List.of("ARCHITECTURE.md", "CONTRIBUTING.md")) {
      List<String> named =
          JAVA_FILE
              .matcher(Files.readString(Path.of(document)))
              .results()
              .map(match -> match.group(1))
              .filter(name -> name.contains("/") && !name.endsWith("package-info.java"))
              .toList();
      assertThat(named).isNotEmpty();
      assertThat(named).allSatisfy(name -> assertThat(SOURCES.resolve(name)).exists());
    }
  }

  @Test
  void links_leadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      Path folder = document.toAbsolutePath().getParent();
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        String target = link.group(1);
        if (!target.contains("://") && !Files.exists(folder.resolve(target))) {
          dead.add(document + " → " + target);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void environment_isToldWhole() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String environment = Files.readString(SOURCES.resolve("server/Environment.java"));
    List<String> variables =
        Pattern.compile("text\\(\"(PROBITY_\\w+)\"\\)")
            .matcher(environment)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(variables).isNotEmpty();
    assertThat(variables).allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
  }

  @Test
  void modelPaths_areToldWhole() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String routes = Files.readString(SOURCES.resolve("server/Routes.java"));
    // What is only passed through is listed on a page of its own.
    assertThat(readme).contains("(docs/reference/operations.md)");
    routes = routes.substring(0, routes.indexOf("// Passed through as they are."));
    List<String> paths =
        Pattern.compile("new ModelPath\\(\"(/v1/[^\"{]+)\"")
            .matcher(routes)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(paths).isNotEmpty();
    assertThat(paths).allSatisfy(path -> assertThat(readme).contains("`" + path + "`"));
  }

  @Test
  void license_isWhole() throws IOException {
    assertThat(Files.readString(Path.of("LICENSE")))
        .contains("Apache License")
        .contains("Version 2.0, January 2004")
        .contains("END OF TERMS AND CONDITIONS");
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Path.of("."));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
