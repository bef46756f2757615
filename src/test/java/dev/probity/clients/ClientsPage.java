package dev.probity.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What docs/reference/clients.md tells people to set, for one address, key and model: the tests of
 * the clients set just that.
 */
final class ClientsPage {
  private static final String ADDRESS = "http://localhost:8080";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[\\w-]+` ?)+)\\|(.*)\\|$");
  private static final Pattern WORD = Pattern.compile("`([\\w:/.-]+)`");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (\\w+)=(.+)$");

  private final String text;

  private ClientsPage(String text) {
    this.text = text;
  }

  /** The page with what stands for the reader's own put in. */
  static ClientsPage read(String base, String key, String model) {
    try {
      return new ClientsPage(
          Files.readString(Path.of("docs/reference/clients.md"))
              .replace(ADDRESS, base)
              .replace("pk-…", key)
              .replace("THE-MODEL", model));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** Each SDK's address. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    rows("## SDKs and frameworks", "The key goes")
        .forEach((client, words) -> addresses.put(client, words.getLast()));
    return addresses;
  }

  /** What clients do by themselves, in the words of {@code matrix.mjs}. */
  Map<String, List<String>> quirks() {
    return rows("Some of it a client", "- `losesSeals`");
  }

  private Map<String, List<String>> rows(String from, String to) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    String part = text.substring(text.indexOf(from), text.indexOf(to));
    for (MatchResult row : ROW.matcher(part).results().toList()) {
      for (String client : words(row.group(1))) {
        rows.put(client, words(row.group(2)));
      }
    }
    return rows;
  }

  /** The variables that an agent's section exports. */
  Map<String, String> environment(String agent) {
    Map<String, String> variables = new LinkedHashMap<>();
    EXPORT
        .matcher(block(agent, "sh"))
        .results()
        .forEach(match -> variables.put(match.group(1), match.group(2)));
    return variables;
  }

  /** The first block in a language of an agent's section. */
  String block(String agent, String language) {
    String section = text.substring(text.indexOf("\n## " + agent + "\n"));
    String mark = "```" + language + "\n";
    int start = section.indexOf(mark) + mark.length();
    return section.substring(start, section.indexOf("```", start));
  }

  private static List<String> words(String text) {
    return Arrays.asList(
        WORD.matcher(text).results().map(match -> match.group(1)).toArray(String[]::new));
  }
}
