package dev.probity.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDrainTest {
  @TempDir Path folder;

  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

  @Test
  void failingSink_getsTheSameEntriesAgain() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    try (Journal journal = new JournalFixture(folder).open();
        JournalDrain drain =
            journal.drainTo(entries -> {
              // Fails in the middle of a batch, as a store whose transaction is rolled back.
              if (calls.getAndIncrement() % 2 == 0) {
                throw new IllegalStateException("planted");
              }
              entries.forEach(entry -> taken.add(JournalFixture.text(entry)));
            })) {
      for (int i = 0; i < 5; i++) {
        JournalFixture.append(journal, "entry " + i);
        JournalFixture.awaitDrained(drain);
      }
    }
    assertThat(taken).isEqualTo(IntStream.range(0, 5).mapToObj(i -> "entry " + i).toList());
  }

  @Test
  void segment_staysUntilTheSinkIsDurable() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open()) {
      JournalFixture.append(journal, "entry");
    }
    JournalSink neverDurable =
        new JournalSink() {
          @Override
          public void apply(List<JournalEntry> entries) {
            entries.forEach(entry -> taken.add(JournalFixture.text(entry)));
          }

          @Override
          public void makeDurable() {
            throw new IllegalStateException("planted");
          }
        };
    Path segment = fixture.files().getFirst();
    try (Journal journal = fixture.open();
        JournalDrain drain = journal.drainTo(neverDurable)) {
      while (taken.isEmpty()) {
        Thread.onSpinWait();
      }
      drain.close();
    }
    assertThat(segment).exists();
    assertThat(fixture.drain().texts()).containsExactly("entry");
    assertThat(segment).doesNotExist();
  }

  @Test
  void closedDrain_leavesTheRestInTheJournal() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open();
        JournalDrain drain =
            journal.drainTo(entries -> {
              throw new IllegalStateException("planted");
            })) {
      JournalFixture.append(journal, "entry");
      assertThat(drain.awaitDrained(1)).isFalse();
    }
    assertThat(fixture.drain().texts()).containsExactly("entry");
  }

  @Test
  void busyDrain_getsBigBatches() throws InterruptedException {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    JournalFixture fixture = new JournalFixture(folder, 1_000);
    try (Journal journal = fixture.open()) {
      for (int i = 0; i < 10_000; i++) {
        JournalFixture.append(journal, "entry");
      }
    }
    try (Journal journal = fixture.open();
        JournalDrain drain = journal.drainTo(entries -> sizes.add(entries.size()))) {
      JournalFixture.awaitDrained(drain);
    }
    assertThat(sizes).containsExactly(2_048, 2_048, 2_048, 2_048, 10_000 - 4 * 2_048);
  }
}
