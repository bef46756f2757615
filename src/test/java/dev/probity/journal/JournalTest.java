package dev.probity.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.MasterKey;
import dev.probity.testing.FixedClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;
  private final List<JournalEntry> taken = Collections.synchronizedList(new ArrayList<>());

  @Test
  void happy() throws Exception {
    try (Journal journal =
        Journal.open(
            folder,
            JournalSettings.DEFAULT.withSizes(64 << 10, 10 << 20),
            MasterKey.of(new byte[32]),
            new FixedClock(),
            new SecureRandom())) {
      long last = 0;
      for (int i = 0; i < 1000; i++) {
        byte[] p = new byte[i];
        last = journal.append((byte) 1, p, 0, i);
      }
      journal.awaitDurable(last);
      try (JournalDrain drain = journal.drainTo(taken::addAll)) {
        assertThat(drain.awaitDrained(10_000)).isTrue();
        System.out.println(drain.status());
      }
    }
    assertThat(taken).hasSize(1000);
    for (int i = 0; i < 1000; i++) assertThat(taken.get(i).payload().length).isEqualTo(i);
  }
}
