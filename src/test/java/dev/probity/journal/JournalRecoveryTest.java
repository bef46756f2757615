package dev.probity.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a crash, a full disk, or a bad disk. */
class JournalRecoveryTest {
  private static final List<String> TEXTS = List.of("one", "two", "the third and last entry");

  @TempDir Path root;

  private final List<Long> positions = new ArrayList<>();

  @Test
  void fileCutAnywhereInTheLastRecords_losesOnlyWhatIsCut() throws Exception {
    JournalFixture written = written("cut");
    int second = (int) (long) positions.get(1);
    int third = (int) (long) positions.get(2);
    int end = third + Segment.recordBytes(TEXTS.get(2).length());
    for (int length = second; length < end; length++) {
      JournalFixture cut = copy(written, "cut" + length);
      setLength(cut.files().getFirst(), length);
      JournalFixture.Drained drained = cut.drain();
      // A record is padded to eight bytes; it is whole without the padding only if nothing is cut.
      assertThat(drained.texts()).isEqualTo(TEXTS.subList(0, length < third ? 1 : 2));
      assertThat(drained.status().corruptEntries()).isZero();
    }
  }

  @Test
  void recordZeroedFromAnyByteOn_isSkippedAndCounted() throws Exception {
    JournalFixture written = written("zeroed");
    int third = (int) (long) positions.get(2);
    int end = third + Segment.recordBytes(TEXTS.get(2).length()) - 8;
    for (int from = third; from < end; from++) {
      JournalFixture torn = copy(written, "zeroed" + from);
      zero(torn.files().getFirst(), from, end + 8);
      JournalFixture.Drained drained = torn.drain();
      assertThat(drained.texts()).isEqualTo(TEXTS.subList(0, 2));
      assertThat(drained.status().skippedBytes() > 0).isEqualTo(from > third);
    }
  }

  @Test
  void recordWithoutItsHeader_wasNeverAcknowledgedAndIsSkipped() throws Exception {
    JournalFixture written = written("headless");
    int third = (int) (long) positions.get(2);
    zero(written.files().getFirst(), third, third + 8);
    JournalFixture.Drained drained = written.drain();
    assertThat(drained.texts()).isEqualTo(TEXTS.subList(0, 2));
    assertThat(drained.status().skippedBytes()).isPositive();
    assertThat(drained.status().corruptEntries()).isZero();
  }

  @Test
  void everyFlippedBitOfARecord_losesThatOneAtMost() throws Exception {
    JournalFixture written = written("flipped");
    int second = (int) (long) positions.get(1);
    int third = (int) (long) positions.get(2);
    for (int at = second + 8; at < second + 8 + "two".length() + RecordCipher.TAG_BYTES; at++) {
      JournalFixture flipped = copy(written, "flipped" + at);
      flip(flipped.files().getFirst(), at);
      JournalFixture.Drained drained = flipped.drain();
      assertThat(drained.texts()).containsExactly(TEXTS.get(0), TEXTS.get(2));
      assertThat(drained.status().corruptEntries()).isEqualTo(1);
    }
    assertThat(third).isGreaterThan(second);
  }

  @Test
  void damagedHeader_losesTheRestOfTheSegmentButNotTheNextOne() throws Exception {
    JournalFixture fixture = written("header");
    try (Journal journal = fixture.open()) {
      JournalFixture.append(journal, "in the next segment");
    }
    flip(fixture.files().getFirst(), (int) (long) positions.get(1) + 6);
    JournalFixture.Drained drained = fixture.drain();
    assertThat(drained.texts())
        .startsWith("one")
        .endsWith("in the next segment")
        .doesNotContain("two");
    assertThat(drained.status().corruptEntries()).isPositive();
  }

  @Test
  void damagedSegmentHead_isSetAside() throws Exception {
    JournalFixture fixture = written("head");
    try (Journal journal = fixture.open()) {
      JournalFixture.append(journal, "in the next segment");
    }
    Path damaged = fixture.files().getFirst();
    flip(damaged, 40);
    assertThat(fixture.drain().texts()).containsExactly("in the next segment");
    assertThat(damaged.resolveSibling(damaged.getFileName() + ".damaged")).exists();
  }

  @Test
  void unfinishedFile_isRemoved() throws Exception {
    JournalFixture fixture = written("unfinished");
    Path draft = fixture.folder.resolve("0000000007.journal.new");
    Files.write(draft, new byte[100]);
    assertThat(fixture.drain().texts()).isEqualTo(TEXTS);
    assertThat(draft).doesNotExist();
  }

  private JournalFixture written(String name) {
    JournalFixture fixture = new JournalFixture(root.resolve(name));
    try (Journal journal = fixture.open()) {
      TEXTS.forEach(text -> positions.add(JournalFixture.append(journal, text)));
    }
    return fixture;
  }

  private JournalFixture copy(JournalFixture from, String name) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    try (Stream<Path> files = Files.list(from.folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return new JournalFixture(folder);
  }

  private static void setLength(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
  }

  private static void zero(Path file, int from, int to) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(from);
      bytes.write(new byte[to - from]);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int value = bytes.read();
      bytes.seek(at);
      bytes.write(value ^ 0x40);
    }
  }
}
