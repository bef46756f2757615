package dev.probity.storage.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.OrganizationId;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteSettings;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.testing.FixedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The retention of what agents report, plan by plan, with a clock that is moved. */
class TelemetryRetentionTest {
  private static final long HOUR = SumWriter.HOUR_MILLIS;
  private static final String MARK = "mark-that-is-looked-for";

  @TempDir Path data;

  private final FixedClock clock = new FixedClock();
  private final Reports reports = new Reports(5);
  private TelemetryFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void standard_keepsEachClassForItsOwnTime() {
    fixture = new TelemetryFixture(data, clock);
    take("s1");
    assertThat(left()).isEqualTo("session events texts sums places health people");

    clock.advance(Duration.ofDays(30));
    expire();
    assertThat(left()).isEqualTo("session events texts sums places health people");
    clock.advance(Duration.ofDays(1));
    expire();
    assertThat(left()).isEqualTo("session events sums places health people");
    clock.advance(Duration.ofDays(59));
    expire();
    assertThat(left()).isEqualTo("session events sums places health people");
    clock.advance(Duration.ofDays(1));
    expire();
    assertThat(left()).isEqualTo("sums places people");
    clock.advance(Duration.ofDays(365 - 91));
    expire();
    assertThat(left()).isEqualTo("sums places people");
    clock.advance(Duration.ofDays(1));
    expire();
    assertThat(left()).isEmpty();
  }

  @Test
  void ninetyDays_endForAll() {
    fixture = new TelemetryFixture(data, clock, KeptFor.STANDARD.atMost(Duration.ofDays(90)));
    take("s1");
    clock.advance(Duration.ofDays(90));
    expire();
    assertThat(left()).isEqualTo("session events sums places health people");
    clock.advance(Duration.ofDays(1));
    expire();
    assertThat(left()).isEmpty();
  }

  @Test
  void twentyFourHours_endForAllToTheMinute() throws IOException, SQLException {
    fixture = new TelemetryFixture(data, clock, KeptFor.STANDARD.atMost(Duration.ofHours(24)));
    take(MARK);
    clock.advance(Duration.ofHours(24));
    expire();
    assertThat(left()).isEqualTo("session events texts sums places health people");
    assertThat(decrypted()).contains(MARK);

    clock.advance(Duration.ofMinutes(1));
    expire();
    assertThat(left()).isEmpty();
    assertThat(decrypted()).doesNotContain(MARK);

    // The record comes again: it is too old to be taken in.
    take(MARK, clock.millis() - 25 * HOUR);
    assertThat(left()).isEqualTo("health");
  }

  @Test
  void sessionThatGoesOn_losesWhatIsOlder() {
    fixture = new TelemetryFixture(data, clock, KeptFor.STANDARD.atMost(Duration.ofHours(24)));
    long began = clock.millis();
    // Of one report, part is past its time before the rest is.
    fixture.apply(
        Reports.report(
            Reports.session(
                Reports.facts("s1"),
                List.of(
                    reports.call(began, "m"),
                    reports.call(began + HOUR, "m"),
                    reports.call(began + 2 * HOUR, "m")))));
    clock.advance(Duration.ofHours(25));
    expire();
    assertThat(calls()).isEqualTo(2);
    var row = fixture.store().sessions().find(OrganizationId.FIRST, "s1").getFirst();
    assertThat(row.startedAtMillis()).isEqualTo(began + HOUR);
    assertThat(row.figures().get(Figure.MODEL_CALLS)).isEqualTo(2);
    assertThat(fixture.store().sessions().events(OrganizationId.FIRST, row.ref(), 10)).hasSize(2);

    // It still goes on, and still tells what came before.
    SessionReport more =
        Reports.session(Reports.facts("s1"), List.of(reports.call(clock.millis(), "m")));
    fixture.apply(Reports.report(more));
    fixture.apply(Reports.report(more));
    assertThat(calls()).isEqualTo(3);
    clock.advance(Duration.ofHours(24).plusMillis(1));
    expire();
    assertThat(left()).isEmpty();
  }

  @Test
  void sameDay_costsNothingWhereDaysAreKept() {
    fixture = new TelemetryFixture(data, clock);
    take("s1");
    expire();
    fixture.agents.write(sql -> sql.update("UPDATE sessions SET started_at = 0, ended_at = 0"));
    clock.advance(Duration.ofHours(8));
    expire();
    assertThat(left()).contains("session");
    clock.advance(Duration.ofHours(1));
    expire();
    assertThat(left()).doesNotContain("session");
  }

  private void take(String session) {
    take(session, clock.millis());
  }

  private void take(String session, long atMillis) {
    SessionReport report =
        Reports.withTexts(
            Reports.session(
                Reports.facts("claude-code", session, session, session),
                List.of(reports.call(atMillis, session))),
            session);
    fixture.apply(
        Reports.report(OrganizationId.FIRST, Optional.of(Reports.BERLIN), List.of(report)));
  }

  private void expire() {
    assertThat(fixture.expiry.runNow()).isTrue();
  }

  private long calls() {
    return sums();
  }

  private long sums() {
    return fixture
        .store()
        .sums()
        .sums(OrganizationId.FIRST, 0, clock.millis() + HOUR, Period.WHOLE_RANGE)
        .stream()
        .mapToLong(row -> row.figures().get(Figure.MODEL_CALLS))
        .sum();
  }

  /** What the store still has, in words. */
  private String left() {
    long[] events = {0};
    long[] texts = {0};
    fixture
        .store()
        .sessions()
        .between(
            OrganizationId.FIRST,
            0,
            clock.millis() + HOUR,
            session -> {
              events[0] += session.events().size();
              texts[0] += session.texts().size();
            });
    var sessions =
        fixture
            .store()
            .sessions()
            .list(OrganizationId.FIRST, SessionFilter.ALL, 10, Optional.empty())
            .items();
    var places = fixture.store().sums().places(OrganizationId.FIRST, 0, clock.millis() + HOUR);
    StringBuilder left = new StringBuilder();
    say(left, "session", !sessions.isEmpty());
    say(left, "events", events[0] > 0);
    say(left, "texts", texts[0] > 0);
    say(left, "sums", sums() > 0);
    say(left, "places", !places.isEmpty());
    say(left, "health", !fixture.store().health().since(OrganizationId.FIRST, 0).isEmpty());
    say(left, "people", !fixture.store().people().list(OrganizationId.FIRST).isEmpty());
    return left.toString();
  }

  private static void say(StringBuilder left, String what, boolean there) {
    left.append(there ? (left.isEmpty() ? "" : " ") + what : "");
  }

  /** Every page of the files as it is before encryption, free ones too. */
  private String decrypted() throws IOException, SQLException {
    StringBuilder text = new StringBuilder();
    var files = new java.util.LinkedHashMap<>(fixture.days.files());
    files.put(AgentsFile.file(data), AgentsFile.key(TelemetryFixture.KEY));
    // Closed, so that what is on the disk is all there is.
    fixture.close();
    for (var file : files.entrySet()) {
      Path copy = data.resolve("copy");
      Files.copy(file.getKey(), copy);
      boolean agents = file.getKey().endsWith("agents.db");
      SqliteSettings settings = agents ? SqliteSettings.AGENTS : SqliteSettings.EVENTS;
      try (Connection connection = new EncryptedSqlite().open(copy, file.getValue(), settings)) {
        new Sql(connection).first("PRAGMA journal_mode = DELETE", row -> row.getString(1));
        new Sql(connection).first("PRAGMA rekey = ''", row -> row.getString(1));
      }
      String plain = Files.readString(copy, StandardCharsets.ISO_8859_1);
      assertThat(plain).startsWith("SQLite format 3");
      text.append(plain);
      Files.delete(copy);
    }
    fixture = new TelemetryFixture(data, clock, KeptFor.STANDARD.atMost(Duration.ofHours(24)));
    return text.toString();
  }
}
