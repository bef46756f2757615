package dev.probity.storage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery.Filter;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.kernel.OrganizationId;
import dev.probity.privacy.Expiry;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.relational.SqlDayKeys;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request log's retention, with a clock that is moved over a year. */
class ExchangeRetentionTest {
  @TempDir Path data;

  private final FixedClock clock = new FixedClock();
  private final Exchanges exchanges = new Exchanges(clock, new Random(1));
  private EventStoreFixture fixture;
  private Expiry expiry;

  @BeforeEach
  void open() {
    fixture = new EventStoreFixture(data, clock);
    expiry = new Expiry(clock, List.of(new ExchangeRetention(fixture.days, KeptFor.STANDARD)));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void rows_goAfter90DaysAndSumsAfter365() throws IOException {
    Exchange exchange = exchanges.next();
    fixture.append(List.of(exchange));
    List<UsageRow> sums = sums();
    assertThat(sums).hasSize(1);

    clock.advance(Duration.ofDays(90));
    assertThat(expiry.runNow()).isTrue();
    assertThat(rows()).containsExactly(exchange);

    clock.advance(Duration.ofDays(1));
    assertThat(expiry.runNow()).isTrue();
    assertThat(rows()).isEmpty();
    assertThat(fixture.store.find(OrganizationId.FIRST, exchange.id())).isEmpty();
    assertThat(sums()).isEqualTo(sums);
    assertThat(eventFiles()).containsExactly("2026-11-20.hours.db");

    clock.advance(Duration.ofDays(365 - 91));
    assertThat(expiry.runNow()).isTrue();
    assertThat(sums()).isEqualTo(sums);

    clock.advance(Duration.ofDays(1));
    assertThat(expiry.runNow()).isTrue();
    assertThat(sums()).isEmpty();
    assertThat(eventFiles()).isEmpty();
    assertThat(new SqlDayKeys(fixture.control).all()).isEmpty();
  }

  @Test
  void everything_isGone24HoursAfterItHappened() throws IOException {
    expiry =
        new Expiry(
            clock,
            List.of(
                new ExchangeRetention(
                    fixture.days, KeptFor.STANDARD.atMost(Duration.ofHours(24)))));
    Exchange early = exchanges.next();
    clock.advance(Duration.ofMinutes(61));
    Exchange later = exchanges.next();
    fixture.append(List.of(early, later));
    // Past midnight, so that the day's file is yesterday's.
    clock.advance(Duration.ofHours(22));
    assertThat(expiry.runNow()).isTrue();
    assertThat(rows()).containsExactly(later, early);

    clock.advance(Duration.ofMinutes(60));
    assertThat(expiry.runNow()).isTrue();
    assertThat(rows()).containsExactly(later);
    assertThat(sums()).singleElement().extracting(UsageRow::exchanges).isEqualTo(1L);

    clock.advance(Duration.ofMinutes(62));
    assertThat(expiry.runNow()).isTrue();
    assertThat(rows()).isEmpty();
    assertThat(sums()).isEmpty();

    clock.advance(Duration.ofHours(9));
    assertThat(expiry.runNow()).isTrue();
    assertThat(eventFiles()).isEmpty();
  }

  @Test
  void keyOfExpiredRows_isDestroyed() {
    fixture.append(List.of(exchanges.next()));
    byte[] before = new SqlDayKeys(fixture.control).all().getFirst().sealedKey();
    new ExchangeRetention(fixture.days, KeptFor.STANDARD)
        .dropRowsBefore(fixture.days.days().last().plusDays(1));
    DayKey after = new SqlDayKeys(fixture.control).all().getFirst();
    assertThat(after.sealedKey()).isNotEqualTo(before);
    assertThat(after.file()).isEqualTo("2026-11-20.hours.db");
  }

  @Test
  void lateExchangeOfAnExpiredDay_countsButIsNotKept() {
    Exchange late = exchanges.next();
    fixture.append(List.of(exchanges.next()));
    new ExchangeRetention(fixture.days, KeptFor.STANDARD)
        .dropRowsBefore(fixture.days.days().last().plusDays(1));
    fixture.append(List.of(late));
    assertThat(rows()).isEmpty();
    assertThat(sums()).singleElement().extracting(UsageRow::exchanges).isEqualTo(2L);
  }

  @Test
  void crashBetweenKeyAndFile_isFinishedAtTheNextStart() throws IOException {
    fixture.append(List.of(exchanges.next()));
    List<UsageRow> sums = sums();
    fixture.days.close();
    Path whole = data.resolve("events/2026-11-20.db");
    Path kept = data.resolve("kept");
    Files.copy(whole, kept);
    // The crash came before the drop was done: a half-made file of sums lies about.
    Files.write(data.resolve("events/2026-11-20.hours.db"), new byte[100]);
    reopen();
    assertThat(eventFiles()).containsExactly("2026-11-20.db");
    assertThat(sums()).isEqualTo(sums);
    // The crash came after: the rows' file lies about, without a key.
    new ExchangeRetention(fixture.days, KeptFor.STANDARD)
        .dropRowsBefore(fixture.days.days().last().plusDays(1));
    Files.move(kept, whole);
    reopen();
    assertThat(eventFiles()).containsExactly("2026-11-20.hours.db");
    assertThat(rows()).isEmpty();
    assertThat(sums()).isEqualTo(sums);
  }

  private void reopen() {
    fixture.close();
    fixture = new EventStoreFixture(data, clock);
    fixture.awaitStored();
    fixture.days.close();
  }

  private List<Exchange> rows() {
    return fixture.store.list(OrganizationId.FIRST, Filter.ALL, 10, Optional.empty()).items();
  }

  private List<UsageRow> sums() {
    return fixture.store.usage(
        OrganizationId.FIRST, GroupBy.DAY, OptionalLong.empty(), OptionalLong.empty());
  }

  private List<String> eventFiles() throws IOException {
    fixture.days.close();
    try (Stream<Path> files = Files.list(data.resolve("events"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith("-journal"))
          .toList();
    }
  }
}
