package dev.probity.storage.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.journal.JournalEntry;
import dev.probity.kernel.OrganizationId;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.StorageException;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.testing.FixedClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies after each single change of a batch in turn, in the days' files or in the file
 * of agents; the journal then gives the same entries again, in other batches.
 */
class TelemetryCrashTest {
  private static final long SEED = 11;
  private static final int MOST_CRASHES = 150;

  @TempDir Path data;

  private final FixedClock clock = new FixedClock();
  private CrashingConnections connections = new CrashingConnections();

  @Test
  void crashAtEveryStep_leavesEverythingOnce() {
    Random random = new Random(SEED);
    List<JournalEntry> entries;
    try (TelemetryFixture fixture = open()) {
      entries = fixture.entries(new Reports(SEED).several(60, clock.millis()));
    }
    int taken = 0;
    int crashes = 0;
    // Each crash comes one change later than the one before; once the batch is through, the next.
    for (int step = 0; taken < entries.size() && crashes < MOST_CRASHES; step++) {
      int end = Math.min(entries.size(), taken + 1 + random.nextInt(4));
      if (crashes(entries.subList(Math.max(0, taken - random.nextInt(3)), end), step)) {
        crashes++;
      } else {
        taken = end;
        step = -1;
      }
    }
    assertThat(crashes).as("seed %d", SEED).isGreaterThan(100);
    connections = new CrashingConnections();
    try (TelemetryFixture fixture = open()) {
      fixture.stores.apply(entries.subList(Math.max(0, taken - 5), entries.size()));
      assertExact(fixture, entries.size());
    }
  }

  /** Whether the process died before it had taken the batch in. */
  private boolean crashes(List<JournalEntry> batch, int changes) {
    connections = new CrashingConnections();
    TelemetryFixture fixture = open();
    connections.crashAfter(changes);
    try {
      fixture.stores.apply(batch);
    } catch (StorageException e) {
      assertThat(connections.hasCrashed()).isTrue();
      return true;
    } finally {
      connections.abandon();
    }
    return false;
  }

  private static void assertExact(TelemetryFixture fixture, int reports) {
    assertThat(fixture.sessions()).as("seed %d", SEED).isEqualTo(fixture.recount()).isNotEmpty();
    Figures total = fixture.sessions().values().stream().reduce(Figures::plus).orElseThrow();
    assertThat(fixture.total("sums_hours")).as("seed %d", SEED).isEqualTo(total);
    assertThat(fixture.total("sums_days")).as("seed %d", SEED).isEqualTo(total);
    assertThat(fixture.store().health().since(OrganizationId.FIRST, 0))
        .as("seed %d", SEED)
        .extracting(line -> line.reports())
        .containsExactly((long) reports);
  }

  private TelemetryFixture open() {
    return new TelemetryFixture(
        data, clock, KeptFor.STANDARD, SqlTelemetryStore.Bounds.DEFAULT, connections);
  }
}
