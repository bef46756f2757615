package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Treatment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgentsReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/agents.md");
  private static final String BEGIN = "<!-- attributes -->\n";
  private static final String END = "<!-- end -->\n";
  private static final Pattern CODE =
      Pattern.compile("`([a-z][a-zA-Z0-9_]*(?:\\.[a-zA-Z0-9_]+)+)`");

  /** To rewrite the list: {@code mvn -Dquick test -Dtest=AgentsReferenceTest -Dwrite.docs}. */
  @Test
  void list_isTheAllowList() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String expected = page.substring(0, begin) + list() + page.substring(page.indexOf(END));
    if (System.getProperty("write.docs") != null) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).content().isEqualTo(expected);
  }

  private static String list() {
    return Arrays.stream(Treatment.values())
        .map(treatment -> "- **" + meaning(treatment) + "**: " + names(treatment) + "\n")
        .collect(Collectors.joining());
  }

  private static String names(Treatment treatment) {
    return Arrays.stream(Attribute.values())
        .filter(attribute -> attribute.treatment() == treatment)
        .map(attribute -> "`" + attribute.wireName() + "`")
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String meaning(Treatment treatment) {
    return switch (treatment) {
      case KEEP -> "Kept";
      case READ -> "Read, and put into a field of its own";
      case EMAIL -> "Only as a keyed hash";
      case PATH -> "Only the file's extension";
      case CONTENT -> "Content: dropped, unless the organization switched capture on";
      case DROP -> "Dropped always";
    };
  }

  /** A name with a dot in the text is one that the code knows, too. */
  @Test
  void text_namesWhatTheCodeKnows() throws Exception {
    String page = Files.readString(PAGE);
    String text = page.substring(0, page.indexOf(BEGIN));
    String code;
    try (var files = Files.walk(Path.of("src/main/java/dev/probity/telemetry"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      StringBuilder all = new StringBuilder();
      for (Path source : sources) {
        all.append(Files.readString(source));
      }
      code = all.toString();
    }
    List<String> named = CODE.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    assertThat(named)
        .hasSizeGreaterThan(20)
        .allSatisfy(name -> assertThat(known(code, name)).as(name).isTrue());
  }

  /** Names of metrics and events stand in the code with their agent's prefix apart. */
  private static boolean known(String code, String name) {
    return code.contains(name) || code.contains('"' + name.substring(name.indexOf('.') + 1) + '"');
  }
}
