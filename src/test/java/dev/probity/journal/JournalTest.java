package dev.probity.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.seal.MasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;

  private final List<JournalEntry> taken = Collections.synchronizedList(new ArrayList<>());

  @Test
  void entries_comeOutInOrderOverManySegments() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    List<Long> positions = new ArrayList<>();
    try (Journal journal = fixture.open();
        JournalDrain drain = journal.drainTo(taken::addAll)) {
      for (int i = 0; i < 3_000; i++) {
        positions.add(JournalFixture.append(journal, "entry " + i));
      }
      JournalFixture.awaitDrained(drain);
      assertThat(drain.status().lagBytes()).isZero();
      assertThat(drain.status().appliedEntries()).isEqualTo(3_000);
    }
    assertThat(taken)
        .extracting(JournalFixture::text)
        .isEqualTo(IntStream.range(0, 3_000).mapToObj(i -> "entry " + i).toList());
    assertThat(taken).extracting(JournalEntry::position).isEqualTo(positions).isSorted();
    assertThat(taken).extracting(JournalEntry::kind).containsOnly(JournalFixture.KIND);
  }

  @Test
  void severalWriters_loseNothing() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open();
        JournalDrain drain = journal.drainTo(taken::addAll)) {
      List<Thread> writers =
          IntStream.range(0, 4)
              .mapToObj(writer ->
                  Thread.ofPlatform()
                      .start(() -> {
                        for (int i = 0; i < 1_000; i++) {
                          JournalFixture.append(journal, writer + "/" + i);
                        }
                      }))
              .toList();
      for (Thread writer : writers) {
        writer.join();
      }
      JournalFixture.awaitDrained(drain);
    }
    assertThat(taken).extracting(JournalFixture::text).doesNotHaveDuplicates().hasSize(4_000);
  }

  @Test
  void reopenedJournal_givesWhatWasNotDrainedAndItsPositionsRise() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    long before;
    try (Journal journal = fixture.open()) {
      before = JournalFixture.append(journal, "before");
    }
    long after;
    try (Journal journal = fixture.open();
        JournalDrain drain = journal.drainTo(taken::addAll)) {
      after = JournalFixture.append(journal, "after");
      JournalFixture.awaitDrained(drain);
    }
    assertThat(taken).extracting(JournalFixture::text).containsExactly("before", "after");
    assertThat(after).isGreaterThan(before);
    assertThat(after >>> 32).isGreaterThan(before >>> 32);
  }

  @Test
  void deletedFolder_doesNotMakePositionsFall() throws IOException {
    JournalFixture fixture = new JournalFixture(folder);
    long before;
    try (Journal journal = fixture.open()) {
      before = JournalFixture.append(journal, "lost");
    }
    for (Path file : fixture.files()) {
      Files.delete(file);
    }
    fixture.clock.advance(Duration.ofSeconds(2));
    try (Journal journal = fixture.open()) {
      assertThat(JournalFixture.append(journal, "after")).isGreaterThan(before);
    }
  }

  @Test
  void awaitDurable_returnsOnceTheEntryIsForced() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open()) {
      for (int i = 0; i < 1_000; i++) {
        long position = JournalFixture.append(journal, "x".repeat(100));
        if (i % 100 == 0) {
          journal.awaitDurable(position);
        }
      }
    }
  }

  @Test
  void fullJournal_pushesBackAndTakesEntriesAgainWhenItIsDrained() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder, 4);
    CountDownLatch storeWorks = new CountDownLatch(1);
    try (Journal journal = fixture.open();
        JournalDrain drain =
            journal.drainTo(entries -> {
              if (storeWorks.getCount() > 0) {
                throw new IllegalStateException("the store is down");
              }
              taken.addAll(entries);
            })) {
      assertThat(journal.hasRoom()).isTrue();
      int appended = appendUntilFull(journal);
      assertThat(journal.hasRoom()).isFalse();
      storeWorks.countDown();
      JournalFixture.awaitDrained(drain);
      assertThat(taken).hasSize(appended);
      while (!journal.hasRoom()) {
        Thread.onSpinWait();
      }
      JournalFixture.append(journal, "again");
      JournalFixture.awaitDrained(drain);
      assertThat(taken).hasSize(appended + 1);
    }
  }

  @Test
  void drainedSegments_leaveTheDisk() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open()) {
      for (int i = 0; i < 2_000; i++) {
        JournalFixture.append(journal, "x".repeat(100));
      }
    }
    assertThat(fixture.files()).hasSizeGreaterThan(10);
    fixture.drain();
    // The segment of the process that drained.
    assertThat(fixture.files()).hasSize(1);
  }

  @Test
  void quietJournal_isEmptiedToo() throws InterruptedException {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open();
        JournalDrain drain = journal.drainTo(taken::addAll)) {
      long position = JournalFixture.append(journal, "a lonely entry");
      JournalFixture.awaitDrained(drain);
      Path segment = SegmentFile.path(folder, position >>> 32);
      fixture.clock.advance(Duration.ofMinutes(59));
      journal.rollIfStale();
      assertThat(segment).exists();
      fixture.clock.advance(Duration.ofMinutes(1));
      while (Files.exists(segment)) {
        journal.rollIfStale();
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void otherMasterKey_isRefusedWithAMessage() {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open()) {
      JournalFixture.append(journal, "entry");
    }
    byte[] other = new byte[32];
    other[0] = 1;
    assertThatThrownBy(() ->
            Journal.open(
                folder, fixture.settings, MasterKey.of(other), fixture.clock, new SecureRandom()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("master key");
  }

  @Test
  void secondProcess_isKeptOut() {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open()) {
      assertThatThrownBy(fixture::open)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("Another Probity is running");
      JournalFixture.append(journal, "entry");
    }
    fixture.open().close();
  }

  @Test
  void entries_areNotReadableOnTheDisk() throws IOException {
    JournalFixture fixture = new JournalFixture(folder);
    String text = "somebody@example.com ".repeat(20);
    try (Journal journal = fixture.open()) {
      JournalFixture.append(journal, text);
    }
    for (Path file : fixture.files()) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("somebody");
    }
  }

  @Test
  void tooLongAnEntry_isRefused() {
    JournalFixture fixture = new JournalFixture(folder);
    try (Journal journal = fixture.open()) {
      byte[] payload = new byte[fixture.settings.maxEntryBytes() + 1];
      assertThatThrownBy(() -> journal.append((byte) 1, payload, 0, payload.length))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static int appendUntilFull(Journal journal) {
    int appended = 0;
    while (true) {
      try {
        JournalFixture.append(journal, "x".repeat(100));
        appended++;
      } catch (JournalFullException e) {
        return appended;
      }
    }
  }
}
