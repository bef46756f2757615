package dev.probity.journal;

import dev.probity.kernel.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an earlier process left in the journal's folder.
 *
 * @param readable numbers of the segments that open under this key, oldest first
 * @param newest the largest number that was ever used here, as far as files tell
 */
record Recovery(List<Long> readable, long newest) {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  /**
   * Looks, and tidies: what was never finished is removed; a segment with a damaged head is set
   * aside.
   *
   * @throws JournalException if none opens: then it is the key that is wrong
   */
  static Recovery look(Path folder, Sealer keys) throws IOException {
    List<Long> readable = new ArrayList<>();
    List<JournalException> failures = new ArrayList<>();
    List<Long> numbers = numbers(folder);
    for (long number : numbers) {
      try {
        SegmentFile.key(SegmentFile.path(folder, number), number, keys);
        readable.add(number);
      } catch (JournalException e) {
        failures.add(e);
      }
    }
    if (readable.isEmpty() && !failures.isEmpty()) {
      throw failures.getFirst();
    }
    if (!failures.isEmpty()) {
      setAside(folder, readable);
      for (JournalException failure : failures) {
        LOG.log(System.Logger.Level.ERROR, "a journal segment is lost and was set aside", failure);
      }
    }
    return new Recovery(List.copyOf(readable), numbers.isEmpty() ? 0 : numbers.getLast());
  }

  private static void setAside(Path folder, List<Long> readable) throws IOException {
    for (long number : numbers(folder)) {
      if (!readable.contains(number)) {
        Path file = SegmentFile.path(folder, number);
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Long> numbers(Path folder) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(".journal.new")) {
          Files.delete(file);
        }
        SegmentFile.number(file).ifPresent(numbers::add);
      }
    }
    numbers.sort(null);
    return numbers;
  }
}
