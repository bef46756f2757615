package dev.probity.telemetry.intake;

import static dev.probity.testing.OtlpBodies.NOW_MILLIS;
import static dev.probity.testing.OtlpBodies.event;
import static dev.probity.testing.OtlpBodies.gzip;
import static dev.probity.testing.OtlpBodies.logs;
import static dev.probity.testing.OtlpBodies.number;
import static dev.probity.testing.OtlpBodies.request;
import static dev.probity.testing.OtlpBodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.journal.JournalSettings;
import dev.probity.kernel.OrganizationId;
import dev.probity.pricing.Charge;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import dev.probity.telemetry.intake.Outcome.Accepted;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.testing.FixedClock;
import dev.probity.testing.IntakeFixture;
import dev.probity.testing.OtlpBodies;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpIntakeTest {
  private static final String MODEL = "claude-opus-5-5";
  private static final long RECEIVED = FixedClock.START.toEpochMilli();

  @TempDir private Path folder;
  private IntakeFixture fixture;

  @BeforeEach
  void open() {
    fixture = new IntakeFixture(folder.resolve("journal"));
    fixture.keysArePersonal();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private AgentEvent onlyEvent() throws InterruptedException {
    return fixture.reports().getFirst().sessions().getFirst().events().getFirst();
  }

  @Test
  void acceptedExport_isInTheJournal_pricedByTheBook() throws Exception {
    assertThat(fixture.logs(logs(request("s-1", MODEL, 1000)))).isEqualTo(new Accepted(0, ""));

    Report report = fixture.reports().getFirst();
    assertThat(report.organization()).isEqualTo(OrganizationId.FIRST);
    assertThat(report.key()).isEqualTo(fixture.keyId());
    assertThat(report.agent()).isEqualTo("claude-code");
    assertThat(report.clientVersion()).isEqualTo("2.1.329");
    assertThat(report.signal()).isEqualTo(Signal.LOG);
    assertThat(report.notes().records()).isEqualTo(1);
    assertThat(report.notes().kept()).isEqualTo(1);
    SessionReport session = report.sessions().getFirst();
    assertThat(session.facts().session()).isEqualTo("s-1");
    AgentEvent call = session.events().getFirst();
    assertThat(call.kind()).isEqualTo(EventKind.MODEL_CALL);
    assertThat(call.atMillis()).isEqualTo(NOW_MILLIS);
    // 1000 at 4 USD and 20 at 20 USD a million.
    assertThat(call.charge().nanoUsd()).isEqualTo(4_400_000);
    assertThat(call.charge().priceVersion()).contains(MODEL);
  }

  @Test
  void eventsOfSeveralSessions_areGroupedBySession() throws Exception {
    fixture.logs(
        logs(
            request("a", MODEL, 1),
            request("b", MODEL, 2),
            request("a", MODEL, 3),
            event("user_prompt", NOW_MILLIS, text("session.id", "a"))));

    List<SessionReport> sessions = fixture.reports().getFirst().sessions();
    assertThat(sessions).extracting(each -> each.facts().session()).containsExactly("a", "b");
    assertThat(sessions).extracting(each -> each.events().size()).containsExactly(3, 1);
  }

  @Test
  void modelWithoutPrice_isUnpricedAndTold_onceAnHour() throws Exception {
    byte[] body =
        logs(request("s", "claude-unheard-of-9", 5), request("s", "claude-unheard-of-9", 6))
            .toByteArray();
    Accepted first = (Accepted) fixture.take(Signal.LOG, body);
    assertThat(first.rejected()).isZero();
    assertThat(first.warning())
        .isEqualTo("2 model calls of a model that has no known price: claude-unheard-of-9");
    assertThat(fixture.take(Signal.LOG, body)).isEqualTo(new Accepted(0, ""));
    fixture.clock().advance(Duration.ofMinutes(61));
    assertThat(fixture.take(Signal.LOG, body)).isEqualTo(first);

    assertThat(onlyEvent().charge()).isEqualTo(Charge.UNPRICED);
    assertThat(fixture.reports())
        .allSatisfy(report -> assertThat(report.notes().unpriced()).isEqualTo(2));
  }

  @Test
  void timesThatCantBe_becomeTheTimeOfArrival() throws Exception {
    long day = Duration.ofDays(1).toMillis();
    fixture.logs(
        logs(
            event("user_prompt", RECEIVED - 401 * day, text("session.id", "s")),
            event("user_prompt", RECEIVED + day + 1, text("session.id", "s")),
            event("user_prompt", 0, text("session.id", "s")),
            event("user_prompt", RECEIVED - 399 * day, text("session.id", "s"))));

    Report report = fixture.reports().getFirst();
    assertThat(report.sessions().getFirst().events())
        .extracting(AgentEvent::atMillis)
        .containsExactly(RECEIVED, RECEIVED, RECEIVED, RECEIVED - 399 * day);
    assertThat(report.notes().skewed()).as("a time that was not given is not wrong").isEqualTo(2);
  }

  @Test
  void absurdTokens_areRejectedRecords_theOthersAreTaken() throws Exception {
    Accepted accepted =
        (Accepted)
            fixture.logs(
                logs(
                    request("s", MODEL, -1),
                    request("s", MODEL, (1L << 40) + 1),
                    request("s", MODEL, Long.MAX_VALUE),
                    request("s", MODEL, 1L << 30)));
    assertThat(accepted.rejected()).isEqualTo(3);
    assertThat(accepted.warning()).startsWith("3 records could not be understood");

    assertThat(fixture.reports().getFirst().notes().rejected()).isEqualTo(3);
    assertThat(fixture.reports().getFirst().notes().kept()).isEqualTo(1);
  }

  @Test
  void absurdMetric_isRejected() throws Exception {
    Outcome outcome =
        fixture.take(
            Signal.METRIC,
            OtlpBodies.tokens("s", -4, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .toByteArray());
    assertThat(((Accepted) outcome).rejected()).isEqualTo(1);
  }

  @Test
  void emptyExport_isAccepted_andLeavesNothing() throws Exception {
    assertThat(fixture.logs(logs())).isEqualTo(new Accepted(0, ""));
    assertThat(fixture.take(Signal.SPAN, new byte[0])).isEqualTo(new Accepted(0, ""));
    assertThat(fixture.reports()).isEmpty();
  }

  @Test
  void wrongKey_isRefused_andCounted() throws Exception {
    byte[] body = logs(request("s", MODEL, 1)).toByteArray();
    assertThat(fixture.take(Signal.LOG, body, false, "pk-nobody"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAUTHORIZED));
    assertThat(fixture.intake().counters().rows(OrganizationId.FIRST))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.organization()).isEqualTo(OrganizationId.NONE);
          assertThat(row.reason()).isEqualTo(Reason.UNAUTHORIZED);
          assertThat(row.count()).isEqualTo(1);
          assertThat(row.lastAtMillis()).isEqualTo(RECEIVED);
        });
  }

  @Test
  void malformedBody_isRefused_andLeavesNothing() throws Exception {
    byte[] good = logs(request("s", MODEL, 1)).toByteArray();
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 3);
    for (int i = 0; i < 2; i++) {
      assertThat(((Refused) fixture.take(Signal.LOG, cut)).reason()).isEqualTo(Reason.MALFORMED);
    }
    assertThat(((Refused) fixture.take(Signal.LOG, good, true, fixture.key())).reason())
        .isEqualTo(Reason.MALFORMED);
    assertThat(fixture.reports()).isEmpty();
    assertThat(fixture.intake().counters().rows(OrganizationId.FIRST))
        .extracting(IntakeCounters.Row::why, IntakeCounters.Row::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("gzip", 1L),
            org.assertj.core.groups.Tuple.tuple("protobuf", 2L));
  }

  @Test
  void gzip_isUnpacked_whateverItClaims() throws Exception {
    byte[] body = logs(request("s", MODEL, 1)).toByteArray();
    assertThat(fixture.take(Signal.LOG, gzip(body), true, fixture.key()))
        .isEqualTo(new Accepted(0, ""));
    byte[] first = gzip(java.util.Arrays.copyOf(body, 60));
    byte[] second = gzip(java.util.Arrays.copyOfRange(body, 60, body.length));
    byte[] members = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, members, first.length, second.length);
    assertThat(fixture.take(Signal.LOG, members, true, fixture.key()))
        .as("two members, of which the last claims its own length only")
        .isEqualTo(new Accepted(0, ""));
    assertThat(fixture.intake().memory().held()).isZero();
  }

  @Test
  void gzipBomb_isRefused_andItsMemoryGivenBack() throws Exception {
    byte[] bomb = gzip(new byte[IntakeFixture.SETTINGS.bodyBytes() + 1]);
    assertThat(bomb.length).isLessThan(8192);
    assertThat(((Refused) fixture.take(Signal.LOG, bomb, true, fixture.key())).reason())
        .isEqualTo(Reason.TOO_LARGE);
    // The same, claiming to be small.
    java.util.Arrays.fill(bomb, bomb.length - 4, bomb.length, (byte) 0);
    assertThat(((Refused) fixture.take(Signal.LOG, bomb, true, fixture.key())).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(fixture.intake().memory().held()).isZero();
  }

  @Test
  void fullMemory_isBusy_andTellsWhenToComeAgain() throws Exception {
    byte[] packed = gzip(logs(request("s", MODEL, 1)).toByteArray());
    assertThat(fixture.intake().memory().reserve(IntakeFixture.SETTINGS.memoryBytes())).isTrue();
    Refused refused = (Refused) fixture.take(Signal.LOG, packed, true, fixture.key());
    assertThat(refused.reason()).isEqualTo(Reason.BUSY);
    assertThat(refused.reason().retrySeconds()).isPositive();
  }

  @Test
  void fullJournal_isToldAsSuch_andTheReportIsTakenLater() throws Exception {
    JournalSettings tiny = new JournalSettings(16 << 10, 32 << 10, 1, 1, 1, 1, 1, 3_600_000);
    try (IntakeFixture small =
        new IntakeFixture(folder.resolve("tiny"), IntakeFixture.SETTINGS, tiny)) {
      Outcome last;
      int accepted = 0;
      do {
        last = small.logs(logs(request("s-" + accepted, MODEL, 1)));
        accepted++;
      } while (last instanceof Accepted);
      assertThat(((Refused) last).reason()).isEqualTo(Reason.FULL);
      assertThat(small.reports()).hasSize(accepted - 1);
    }
  }

  @Test
  void largeExport_becomesSeveralEntries_withTheNotesOnce() throws Exception {
    JournalSettings small = new JournalSettings(16 << 10, 1 << 20, 1, 1, 1, 1, 50, 3_600_000);
    try (IntakeFixture fine =
        new IntakeFixture(folder.resolve("small"), IntakeFixture.SETTINGS, small)) {
      io.opentelemetry.proto.logs.v1.LogRecord[] records =
          new io.opentelemetry.proto.logs.v1.LogRecord[500];
      for (int i = 0; i < records.length; i++) {
        records[i] = request("s-" + i, MODEL, i, text("request_id", "req_" + i));
      }
      assertThat(fine.logs(logs(records))).isInstanceOf(Accepted.class);
      assertThat(fine.reports()).hasSizeGreaterThan(1);
      assertThat(
              fine.reports().stream()
                  .flatMap(report -> report.sessions().stream())
                  .mapToInt(session -> session.events().size())
                  .sum())
          .isEqualTo(500);
      assertThat(fine.reports().stream().mapToInt(report -> report.notes().records()).sum())
          .isEqualTo(500);
    }
  }

  @Test
  void sender_isToldWhatIsMissing() throws Exception {
    try (IntakeFixture shared = new IntakeFixture(folder.resolve("shared"))) {
      Accepted accepted =
          (Accepted) shared.logs(logs(event("user_prompt", NOW_MILLIS), request("", "", 3)));
      assertThat(accepted.warning())
          .contains(
              "1 model call without the model's name",
              "2 events without a session id",
              "no person is named",
              "OTEL_RESOURCE_ATTRIBUTES=enduser.id=NAME")
          .hasSizeLessThanOrEqualTo(500);
    }
  }

  @Test
  void content_isDropped_told_andAlertedWhenItBegins() throws Exception {
    byte[] clean = logs(request("s", MODEL, 1)).toByteArray();
    byte[] talkative =
        logs(event("user_prompt", NOW_MILLIS, text("session.id", "s"), text("prompt", "secret")))
            .toByteArray();
    assertThat(fixture.take(Signal.LOG, clean)).isEqualTo(new Accepted(0, ""));
    assertThat(fixture.intake().alerts().of(OrganizationId.FIRST)).isEmpty();
    Accepted told = (Accepted) fixture.take(Signal.LOG, talkative);
    assertThat(told.warning())
        .contains("1 attribute with content was dropped", "OTEL_LOG_USER_PROMPTS")
        .doesNotContain("secret");
    assertThat(fixture.intake().alerts().of(OrganizationId.FIRST))
        .containsExactly(
            new ContentAlerts.Alert(
                OrganizationId.FIRST,
                fixture.keyId(),
                "claude-code",
                "2.1.329",
                RECEIVED,
                RECEIVED));
    fixture.clock().advance(Duration.ofMinutes(1));
    fixture.take(Signal.LOG, talkative);
    assertThat(fixture.intake().alerts().of(OrganizationId.FIRST))
        .singleElement()
        .satisfies(alert -> assertThat(alert.lastMillis()).isEqualTo(RECEIVED + 60_000));
    assertThat(fixture.reports().toString()).doesNotContain("secret");
  }

  @Test
  void contentFromTheFirst_isNoAlert_butANewVersionThatBeginsIs() throws Exception {
    byte[] talkative =
        logs("1.0.0", event("user_prompt", NOW_MILLIS, text("prompt", "secret"))).toByteArray();
    fixture.take(Signal.LOG, talkative);
    assertThat(fixture.intake().alerts().of(OrganizationId.FIRST)).isEmpty();

    fixture.logs(logs("1.0.1", request("s", MODEL, 1)));
    fixture.logs(logs("1.0.2", event("user_prompt", NOW_MILLIS, text("prompt", "secret"))));
    assertThat(fixture.intake().alerts().of(OrganizationId.FIRST))
        .extracting(ContentAlerts.Alert::clientVersion)
        .containsExactly("1.0.2");
  }

  @Test
  void changedTemporality_isTold() throws Exception {
    assertThat(metric(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA).warning()).isEmpty();
    assertThat(metric(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE).warning())
        .isEqualTo("the metrics' temporality changed from delta to cumulative");
    assertThat(fixture.reports().getLast().sessions().getFirst().readings().getFirst())
        .satisfies(reading -> {
          assertThat(reading.temporality()).isEqualTo(Temporality.CUMULATIVE);
          assertThat(reading.value()).isEqualTo(40);
        });
  }

  private Accepted metric(AggregationTemporality temporality) throws InterruptedException {
    return (Accepted)
        fixture.take(Signal.METRIC, OtlpBodies.tokens("s", 40, temporality).toByteArray());
  }

  @Test
  void metrics_countBySignalAndOutcome() throws Exception {
    byte[] body = logs(request("s", MODEL, 1), request("s", MODEL, -1)).toByteArray();
    fixture.take(Signal.LOG, body);
    fixture.take(Signal.LOG, new byte[] {1});
    assertThat(count("exports", "accepted")).isEqualTo(1);
    assertThat(count("records", "accepted")).isEqualTo(2);
    assertThat(count("rejected", "accepted")).isEqualTo(1);
    assertThat(count("bytes", "accepted")).isEqualTo(body.length);
    assertThat(count("exports", "malformed")).isEqualTo(1);
  }

  private double count(String what, String outcome) {
    return fixture
        .registry()
        .get("probity.telemetry." + what)
        .tags("signal", "log", "outcome", outcome)
        .counter()
        .count();
  }

  /** Whatever comes, it is answered, and nothing is held afterwards. */
  @Test
  void damagedBodies_areAnsweredAllTheSame() throws Exception {
    Random random = new Random(20261120);
    byte[] good =
        logs(request("s", MODEL, 7, number("duration_ms", 5)), request("t", MODEL, 8))
            .toByteArray();
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = good.clone();
      for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      boolean packed = random.nextInt(4) == 0;
      Outcome outcome =
          fixture.take(
              Signal.values()[random.nextInt(3)],
              packed ? gzip(damaged) : damaged,
              packed,
              fixture.key());
      if (outcome instanceof Refused no) {
        assertThat(no.reason()).isEqualTo(Reason.MALFORMED);
        refused++;
      }
    }
    assertThat(refused).isBetween(300, 2_999);
    assertThat(fixture.intake().memory().held()).isZero();
  }
}
