package dev.probity.journal;

import dev.probity.kernel.seal.MasterKey;
import dev.probity.testing.FixedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A journal in a folder, with small segments, and what comes out of it. */
final class JournalFixture {
  static final int SEGMENT_BYTES = 16 << 10;
  static final byte KIND = 7;
  static final MasterKey KEY = MasterKey.of(new byte[32]);

  /** Damage is planted by the hundred here; held so that it stays silent. */
  private static final Logger SILENT = Logger.getLogger("dev.probity.journal");

  private static final long PATIENCE_MILLIS = 20_000;

  final Path folder;
  final FixedClock clock = new FixedClock();
  final JournalSettings settings;

  JournalFixture(Path folder) {
    this(folder, 100);
  }

  JournalFixture(Path folder, int segments) {
    SILENT.setLevel(Level.OFF);
    this.folder = folder;
    settings =
        new JournalSettings(
            SEGMENT_BYTES, (long) segments * SEGMENT_BYTES, 1, 1, 1, 1, 50, 3_600_000);
  }

  Journal open() {
    return Journal.open(folder, settings, KEY, clock, new SecureRandom());
  }

  static long append(Journal journal, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return journal.append(KIND, payload, 0, payload.length);
  }

  /** Opens the journal anew and takes everything out. */
  Drained drain() throws InterruptedException {
    List<JournalEntry> entries = Collections.synchronizedList(new ArrayList<>());
    try (Journal journal = open();
        JournalDrain drain = journal.drainTo(entries::addAll)) {
      awaitDrained(drain);
      return new Drained(entries.stream().map(JournalFixture::text).toList(), drain.status());
    }
  }

  record Drained(List<String> texts, JournalStatus status) {}

  static void awaitDrained(JournalDrain drain) throws InterruptedException {
    if (!drain.awaitDrained(PATIENCE_MILLIS)) {
      throw new AssertionError("the journal was not drained in time: " + drain.status());
    }
  }

  static String text(JournalEntry entry) {
    return new String(entry.payload(), StandardCharsets.UTF_8);
  }

  List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> SegmentFile.number(file).isPresent()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
