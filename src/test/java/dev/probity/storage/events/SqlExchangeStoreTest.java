package dev.probity.storage.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.ExchangeQuery.Filter;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.gateway.log.ExchangeCodec;
import dev.probity.journal.JournalEntry;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlExchangeStoreTest extends ExchangeStoreContract {
  @TempDir Path data;
  private EventStoreFixture fixture;
  private long nextOffset;

  @BeforeEach
  void open() {
    fixture = new EventStoreFixture(data, clock);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Override
  void store(List<Exchange> some) {
    fixture.append(some);
  }

  @Override
  ExchangeQuery query() {
    return fixture.store;
  }

  @Test
  void eachDay_hasAFileOfItsOwn() throws IOException {
    store(List.of(exchanges.next()));
    clock.advance(Duration.ofDays(1));
    store(List.of(exchanges.next(), exchanges.next()));
    fixture.days.close();
    try (Stream<Path> files = Files.list(data.resolve("events"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("2026-11-20.db", "2026-11-21.db");
    }
  }

  @Test
  void replayedEntries_areTakenInOnce() {
    List<JournalEntry> entries = entries(10);
    fixture.store.apply(entries.subList(0, 6));
    fixture.store.apply(entries.subList(3, 10));
    fixture.store.apply(entries);
    assertThat(pages(Filter.ALL, 100)).hasSize(10);
    assertThat(total().exchanges()).isEqualTo(10);
    assertThat(fixture.stored).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void replayOverMidnight_isExactEvenIfOnlyOneDayWasWritten() {
    List<JournalEntry> before = entries(5);
    clock.advance(Duration.ofDays(1));
    List<JournalEntry> both = new ArrayList<>(before);
    both.addAll(entries(5));
    // As after a crash between the two days' transactions.
    fixture.store.apply(before);
    fixture.store.apply(both);
    fixture.store.apply(both);
    assertThat(pages(Filter.ALL, 100)).hasSize(10);
    assertThat(total().exchanges()).isEqualTo(10);
  }

  @Test
  void unreadableEntry_doesNotStopTheOthers() {
    List<JournalEntry> entries = new ArrayList<>(entries(3));
    JournalEntry bad = entries.get(1);
    entries.set(1, new JournalEntry(bad.position(), bad.kind(), new byte[] {1, 2, 3}));
    fixture.store.apply(entries);
    assertThat(pages(Filter.ALL, 100)).hasSize(2);
  }

  @Test
  void absurdUsage_doesNotStopTheSums() {
    long most = Long.MAX_VALUE;
    Usage absurd = new Usage(most, most, most, most, most, most, most);
    List<Exchange> all =
        Stream.generate(() -> with(exchanges.next(), "absurd", absurd)).limit(20).toList();
    store(all);
    store(List.of(exchanges.next()));
    assertThat(pages(Filter.ALL, 100)).hasSize(21);
    assertThat(total().exchanges()).isEqualTo(21);
  }

  @Test
  void entryOfAnotherKind_isLeftAlone() {
    JournalEntry entry = entries(1).getFirst();
    fixture.store.apply(List.of(new JournalEntry(entry.position(), (byte) 99, entry.payload())));
    assertThat(pages(Filter.ALL, 100)).isEmpty();
  }

  @Test
  void sameIdAgain_isLeftOutOfRowsAndSums() {
    JournalEntry entry = entries(1).getFirst();
    fixture.store.apply(List.of(entry));
    fixture.store.apply(
        List.of(new JournalEntry(entry.position() + 100, entry.kind(), entry.payload())));
    assertThat(pages(Filter.ALL, 100)).hasSize(1);
    assertThat(total().exchanges()).isEqualTo(1);
  }

  @Test
  void failureInTheMiddleOfABatch_leavesNothingOfIt() {
    List<JournalEntry> entries = entries(3);
    fixture.store.apply(entries.subList(0, 1));
    // A trigger that fails on the third row stands in for a disk that does.
    fixture.days.withFile(
        fixture.days.days().first(),
        file ->
            file.write(sql -> {
              sql.script(
                  "CREATE TRIGGER planted BEFORE INSERT ON exchanges WHEN NEW.id = "
                      + ExchangeCodec.decode(entries.get(2).payload()).id().value()
                      + " BEGIN SELECT RAISE(ABORT, 'planted'); END");
              return true;
            }));
    assertThatThrownBy(() -> fixture.store.apply(entries)).hasMessageContaining("planted");
    assertThat(pages(Filter.ALL, 100)).hasSize(1);
    fixture.days.withFile(
        fixture.days.days().first(),
        file ->
            file.write(sql -> {
              sql.script("DROP TRIGGER planted");
              return true;
            }));
    fixture.store.apply(entries);
    assertThat(pages(Filter.ALL, 100)).hasSize(3);
    assertThat(total().exchanges()).isEqualTo(3);
  }

  @Test
  void rareMatch_isFoundInStepsOfBoundedWork() {
    fixture.close();
    fixture = new EventStoreFixture(data, clock, 500);
    Exchange wanted = exchanges.random();
    List<Exchange> all = new ArrayList<>(List.of(with(wanted, "rare", wanted.usage())));
    all.addAll(Stream.generate(exchanges::next).limit(2_000).toList());
    store(all);
    Filter rare =
        new Filter(
            Optional.empty(),
            Optional.of("rare"),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    Page<Exchange> first = query().list(OrganizationId.FIRST, rare, 10, Optional.empty());
    assertThat(first.items()).isEmpty();
    assertThat(first.next()).isPresent();
    assertThat(pages(rare, 10)).containsExactly(all.getFirst());
  }

  @Test
  void manyDays_areReadThroughAFewOpenFiles() {
    List<Exchange> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(exchanges.next());
      clock.advance(Duration.ofDays(1));
    }
    store(all);
    Collections.reverse(all);
    assertThat(pages(Filter.ALL, 5)).isEqualTo(all);
    assertThat(total().exchanges()).isEqualTo(12);
  }

  @Test
  void reopenedStore_hasEverything() {
    List<Exchange> all = Stream.generate(exchanges::next).limit(50).toList();
    store(all);
    fixture.close();
    fixture = new EventStoreFixture(data, clock);
    fixture.awaitStored();
    assertThat(pages(Filter.ALL, 100)).hasSize(50);
    assertThat(fixture.stored).isEmpty();
  }

  @Test
  void storedText_isInNoFile() throws IOException {
    Exchange exchange = exchanges.next();
    store(List.of(exchange));
    String session = exchange.sessionId().orElseThrow();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(session)
            .doesNotContain(exchange.requestedModel())
            .doesNotContain("exchanges");
      }
    }
  }

  private UsageRow total() {
    List<UsageRow> rows =
        query()
            .usage(OrganizationId.FIRST, GroupBy.DAY, OptionalLong.empty(), OptionalLong.empty());
    return rows.stream()
        .reduce((a, b) ->
            new UsageRow(
                "all",
                a.exchanges() + b.exchanges(),
                a.errors() + b.errors(),
                a.unpriced() + b.unpriced(),
                a.usage().plus(b.usage()),
                a.chargeNanoUsd() + b.chargeNanoUsd()))
        .orElseThrow();
  }

  /** Journal entries, at positions far beyond those of the fixture's own journal. */
  private List<JournalEntry> entries(int count) {
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] payload = ExchangeCodec.encode(exchanges.next());
      entries.add(new JournalEntry((1L << 62) + nextOffset++, ExchangeCodec.KIND, payload));
    }
    return entries;
  }

  private static Exchange with(Exchange e, String key, Usage usage) {
    return new Exchange(
        e.id(),
        OrganizationId.FIRST,
        new KeyId(key),
        e.operation(),
        e.requestedModel(),
        e.resolvedModel(),
        e.provider(),
        e.deployment(),
        e.status(),
        e.outcome(),
        e.error(),
        usage,
        e.usageSource(),
        e.charge(),
        e.latencyMillis(),
        e.ttftMillis(),
        e.stream(),
        e.requestBytes(),
        e.responseBytes(),
        e.sessionId(),
        e.providerRequestId(),
        e.trail());
  }
}
