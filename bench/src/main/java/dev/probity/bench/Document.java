package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that results are kept in; each bench owns what stands between its two markers. */
final class Document {
  private Document() {}

  /** Replaces the section of a bench, or adds it at the end. */
  static void replaceSection(Path page, String bench, String text) throws IOException {
    String begin = "<!-- bench " + bench + ": begin -->";
    String end = "<!-- bench " + bench + ": end -->";
    String section = begin + "\n" + text.strip() + "\n" + end;
    String before = Files.exists(page) ? Files.readString(page) : "# Performance\n";
    int from = before.indexOf(begin);
    int to = before.indexOf(end);
    String after =
        from >= 0 && to > from
            ? before.substring(0, from) + section + before.substring(to + end.length())
            : before.stripTrailing() + "\n\n" + section + "\n";
    Files.createDirectories(page.getParent());
    Files.writeString(page, after);
  }
}
