package dev.probity.storage.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.journal.JournalEntry;
import dev.probity.kernel.OrganizationId;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.testing.Exchanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTelemetryStoreTest extends TelemetryStoreContract {
  private static final SqlTelemetryStore.Bounds TIGHT =
      new SqlTelemetryStore.Bounds(new ActiveSessions.Bounds(2, 10), 20, 8, 3);

  @TempDir Path data;
  private TelemetryFixture fixture;

  @BeforeEach
  void open() {
    fixture = new TelemetryFixture(data, clock);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Override
  void take(Report... some) {
    fixture.apply(some);
  }

  @Override
  TelemetryStore store() {
    return fixture.store();
  }

  private void reopen(SqlTelemetryStore.Bounds bounds) {
    fixture.close();
    fixture = new TelemetryFixture(data, clock, KeptFor.STANDARD, bounds, new EncryptedSqlite());
  }

  @Test
  void resentReport_countsOnceOverARestart() {
    SessionReport session =
        Reports.session(
            Reports.facts("s1"), List.of(reports.call(now, "m"), reports.call(now + DAY, "m")));
    take(Reports.report(session));
    reopen(SqlTelemetryStore.Bounds.DEFAULT);
    AgentEvent news = reports.call(now + 1, "m");
    take(Reports.report(session), Reports.report(Reports.session(session.facts(), List.of(news))));
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(3);
    assertThat(fixture.news)
        .singleElement()
        .extracting(Stored::report)
        .isEqualTo(Reports.session(session.facts(), List.of(news)));
  }

  @Test
  void replayedEntries_areTakenInOnce() {
    List<JournalEntry> entries = fixture.entries(reports.several(30, now));
    fixture.stores.apply(entries.subList(0, 20));
    fixture.stores.apply(entries.subList(10, 25));
    fixture.stores.apply(entries);
    fixture.stores.apply(entries);
    assertThat(fixture.sessions()).isEqualTo(fixture.recount()).isNotEmpty();
    assertThat(store().health().since(OrganizationId.FIRST, 0))
        .extracting(line -> line.reports())
        .containsExactly((long) entries.size());
  }

  @Test
  void sums_areThoseOfTheEventsWhateverIsForgotten() {
    reopen(TIGHT);
    for (long seed = 1; seed <= 3; seed++) {
      for (Report report : new Reports(seed).several(60, now)) {
        fixture.apply(report);
      }
    }
    assertThat(fixture.sessions()).isEqualTo(fixture.recount()).isNotEmpty();
    assertThat(fixture.total("sums_hours"))
        .isEqualTo(fixture.total("sums_days"))
        .isEqualTo(
            fixture.sessions().values().stream()
                .reduce(dev.probity.telemetry.sessions.Figures::plus)
                .orElseThrow());
  }

  @Test
  void manyDifferentValues_areFolded() {
    reopen(TIGHT);
    List<Report> batch = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      batch.add(
          Reports.report(
              Reports.session(
                  Reports.facts("agent", "s" + i, "repository " + i, "install-" + i % 2),
                  List.of(reports.call(now + i, "model " + i)))));
    }
    batch.subList(0, 250).forEach(this::take);
    take(batch.subList(250, 500).toArray(Report[]::new));
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(500);
    var rows = store().sums().sums(OrganizationId.FIRST, now - DAY, now + DAY, Period.WHOLE_RANGE);
    assertThat(rows).hasSizeBetween(20, 31);
    assertThat(rows)
        .anySatisfy(row -> {
          assertThat(row.dimensions().model()).isEqualTo(SumWriter.OTHER);
          assertThat(row.dimensions().person()).isNotZero();
          assertThat(row.dimensions().team()).isEqualTo("team");
        });
    fixture.agents.read(sql ->
        assertThat(sql.first("SELECT count(*) FROM dimensions", row -> row.getInt(1)))
            .hasValueSatisfying(count -> assertThat(count).isLessThanOrEqualTo(31)));
  }

  @Test
  void manyPeopleAndVersions_areFolded() {
    reopen(TIGHT);
    for (int i = 0; i < 40; i++) {
      Report report =
          Reports.report(
              Reports.session(
                  Reports.facts("agent", "s" + i, "r", "install-" + i),
                  List.of(reports.call(now, "m"))));
      take(
          new Report(
              report.organization(),
              report.key(),
              report.receivedAtMillis(),
              report.signal(),
              "agent " + i,
              "version " + i,
              report.place(),
              report.notes(),
              report.sessions()));
    }
    assertThat(store().people().list(OrganizationId.FIRST)).hasSize(8);
    assertThat(store().health().since(OrganizationId.FIRST, 0))
        .hasSizeLessThanOrEqualTo(4)
        .anySatisfy(line -> {
          assertThat(line.clientVersion()).isEqualTo(SumWriter.OTHER);
          assertThat(line.reports()).isEqualTo(37);
        });
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(40);
    assertThat(list(SessionFilter.ALL)).anySatisfy(row -> assertThat(row.person()).isZero());
  }

  @Test
  void unreadableReport_doesNotStopTheOthers() {
    List<JournalEntry> entries =
        new ArrayList<>(fixture.entries(reports.several(10, now).subList(0, 3)));
    JournalEntry bad = entries.get(1);
    entries.set(1, new JournalEntry(bad.position(), bad.kind(), new byte[] {1, 2, 3}));
    fixture.stores.apply(entries);
    assertThat(store().health().since(OrganizationId.FIRST, 0))
        .singleElement()
        .satisfies(line -> assertThat(line.reports()).isEqualTo(2));
  }

  @Test
  void exchangesOfASession_standBesideItsOwnSums() {
    Exchanges exchanges = new Exchanges(clock, new Random(3));
    Exchange exchange =
        Stream.generate(exchanges::next)
            .filter(it -> it.organization().equals(OrganizationId.FIRST))
            .filter(it -> it.sessionId().isPresent())
            .findFirst()
            .orElseThrow();
    String session = exchange.sessionId().orElseThrow();
    fixture.apply(exchange);
    take(Reports.report(Reports.session(Reports.facts(session), List.of(reports.call(now, "m")))));
    assertThat(store().sessions().find(OrganizationId.FIRST, session).getFirst().gateway())
        .hasValueSatisfying(sums -> {
          assertThat(sums.modelCalls()).isEqualTo(1);
          assertThat(sums.usage()).isEqualTo(exchange.usage());
          assertThat(sums.chargeNanoUsd()).isEqualTo(exchange.charge().nanoUsd());
        });
    ExchangeQuery.Filter ofSession =
        new ExchangeQuery.Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(session),
            OptionalLong.empty(),
            OptionalLong.empty());
    assertThat(
            fixture.exchanges.list(OrganizationId.FIRST, ofSession, 10, Optional.empty()).items())
        .containsExactly(exchange);
  }

  @Test
  void capturedTexts_comeWithTheirEvents() {
    SessionReport session =
        Reports.withTexts(
            Reports.session(Reports.facts("s1"), List.of(reports.prompt(now))), "What a day!");
    take(Reports.report(session));
    take(Reports.report(session));
    long ref = store().sessions().find(OrganizationId.FIRST, "s1").getFirst().ref();
    assertThat(fixture.telemetry.store().sessions().texts(OrganizationId.FIRST, ref, 10))
        .isEqualTo(session.texts());
    assertThat(fixture.telemetry.store().sessions().texts(OTHERS, ref, 10)).isEmpty();
    List<SessionReport> found = new ArrayList<>();
    store().sessions().between(OrganizationId.FIRST, now, now + 1, found::add);
    assertThat(found).containsExactly(session);
  }

  @Test
  void storedText_isInNoFile() throws IOException {
    take(
        Reports.report(
            Reports.withTexts(
                Reports.session(
                    Reports.facts("a-session-to-find"), List.of(reports.call(now, "a-model"))),
                "a text to find")));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("a-session-to-find")
            .doesNotContain("a-model")
            .doesNotContain("acme/shop")
            .doesNotContain("a text to find");
      }
    }
  }
}
