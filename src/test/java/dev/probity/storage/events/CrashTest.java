package dev.probity.storage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery.Filter;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process, killed with SIGKILL while it appends and drains, again and again in the same data
 * folder: every append that had returned is in the store, exactly once.
 */
class CrashTest {
  private static final long SEED = 42;
  private static final int KILLS = 4;
  private static final int MOST_UNREPORTED = 3;

  @TempDir Path data;

  /** For what a killed process cannot clean up: the driver's unpacked library. */
  @TempDir Path temporary;

  private final Random random = new Random(SEED);

  @Test
  void killedProcess_losesNothingAndDoublesNothing() throws IOException, InterruptedException {
    List<String> reported = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      reported.addAll(runAndKill(random.nextInt(500, 8_000)));
    }
    assertThat(reported).doesNotHaveDuplicates().hasSizeGreaterThan(KILLS * 500);
    try (EventStoreFixture fixture = new EventStoreFixture(data, Clock.system())) {
      fixture.awaitStored();
      List<String> stored = storedIds(fixture);
      assertThat(stored).as("seed %d", SEED).doesNotHaveDuplicates();
      assertThat(new HashSet<>(stored).containsAll(reported)).as("seed %d", SEED).isTrue();
      // What was being appended when the process died may be there or not.
      assertThat(stored.size()).isLessThanOrEqualTo(reported.size() + KILLS * MOST_UNREPORTED);
      assertThat(exchangesInRollUps(fixture)).isEqualTo(stored.size());
      assertThat(fixture.drain.status().corruptEntries()).isZero();
    }
  }

  /** What the process said before it was killed, after this many lines. */
  private List<String> runAndKill(int lines) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Dorg.sqlite.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                CrashingProcess.class.getName(),
                data.toString(),
                Long.toString(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = out.readLine();
      while (line != null) {
        said.add(line);
        if (said.size() == lines) {
          // Not through Process: that would close the pipe with what it said last.
          process.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    }
    assertThat(process.waitFor()).as("killed by signal 9").isEqualTo(128 + 9);
    // The last line may have been cut by the kill.
    return said.stream().filter(id -> id.length() == "ex_0123456789abc".length()).toList();
  }

  private static List<String> storedIds(EventStoreFixture fixture) {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Exchange> page = fixture.store.list(OrganizationId.FIRST, Filter.ALL, 1_000, cursor);
      page.items().forEach(exchange -> ids.add(exchange.id().toString()));
      cursor = page.next();
    } while (cursor.isPresent());
    return ids;
  }

  private static long exchangesInRollUps(EventStoreFixture fixture) {
    return fixture
        .store
        .usage(OrganizationId.FIRST, GroupBy.DAY, OptionalLong.empty(), OptionalLong.empty())
        .stream()
        .mapToLong(UsageRow::exchanges)
        .sum();
  }
}
