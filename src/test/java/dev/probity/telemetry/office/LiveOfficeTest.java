package dev.probity.telemetry.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.Feed;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.HeapTelemetry;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionQuery;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.testing.FixedClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveOfficeTest {
  private static final long NOW = FixedClock.START.toEpochMilli();
  private static final SessionFacts FACTS = Said.facts("codex", "s1", "", "");

  private final FixedClock clock = new FixedClock();
  private final HeapTelemetry telemetry = new HeapTelemetry();
  private final Feed<Stored> feed = new Feed<>(Stored::organization);
  private final LiveOffice live = new LiveOffice(telemetry.store().sessions(), feed, clock);

  @Test
  void office_opensWithTheLastHalfHour_andTheWholeSessionsSums() {
    telemetry.sessions.add(row(NOW - 4_000_000, NOW - 10_000, 5_000));
    telemetry.reports.add(
        Said.report(
            FACTS,
            List.of(Said.at(NOW - 20_000, EventKind.PROMPT), Said.called(NOW - 10_000, 7, 700))));
    telemetry.reports.add(
        Said.report(
            Said.facts("codex", "old", "", ""),
            List.of(Said.at(NOW - 31 * 60_000, EventKind.PROMPT))));

    List<Desk> desks = live.look(OrganizationId.FIRST).desks();

    assertThat(desks).extracting(Desk::session).containsExactly("s1");
    Desk desk = desks.getFirst();
    assertThat(desk.sums().chargeNanoUsd()).isEqualTo(5_000);
    assertThat(desk.person()).isEqualTo(9);
    assertThat(desk.startedMillis()).isEqualTo(NOW - 4_000_000);
    assertThat(desk.state().activity()).isEqualTo(Activity.THINKING);
  }

  @Test
  void whatIsStored_isSeen_andAddedUpOnce() throws Exception {
    telemetry.sessions.add(row(NOW - 4_000_000, NOW - 10_000, 5_000));
    telemetry.reports.add(Said.report(FACTS, List.of(Said.at(NOW - 20_000, EventKind.PROMPT))));
    LiveOffice.Look look = live.look(OrganizationId.FIRST);

    // Part of it came before the store added up, and comes again.
    List<Said> said = List.of(Said.called(NOW - 10_000, 7, 700), Said.called(NOW - 1, 1, 30));
    feed.publish(List.of(Said.stored(FACTS, 9, said)));
    live.awaitNews(OrganizationId.FIRST, look, 20_000);

    Desk desk = live.look(OrganizationId.FIRST).desks().getFirst();
    assertThat(desk.sums().chargeNanoUsd()).isEqualTo(5_030);
  }

  @Test
  void sessionThatComesBackAfterHours_bringsItsSums() throws Exception {
    LiveOffice.Look look = live.look(OrganizationId.FIRST);
    assertThat(look.desks()).isEmpty();
    telemetry.sessions.add(row(NOW - 40_000_000, NOW - 1, 8_000));

    feed.publish(List.of(Said.stored(FACTS, 9, List.of(Said.called(NOW - 1, 7, 700)))));
    live.awaitNews(OrganizationId.FIRST, look, 20_000);

    Desk desk = live.look(OrganizationId.FIRST).desks().getFirst();
    assertThat(desk.sums().chargeNanoUsd()).isEqualTo(8_000);
  }

  @Test
  void others_areNotSeen() {
    live.look(new OrganizationId(77));
    feed.publish(List.of(Said.stored(FACTS, 9, List.of(Said.at(NOW, EventKind.PROMPT)))));
    assertThat(live.look(new OrganizationId(77)).desks()).isEmpty();
  }

  @Test
  void office_closesWhenNobodyLooks() {
    live.look(OrganizationId.FIRST);
    assertThat(feed.hasSubscribers()).isTrue();

    clock.advance(Duration.ofMinutes(11));
    while (feed.hasSubscribers()) {
      Thread.onSpinWait();
    }

    assertThat(live.look(OrganizationId.FIRST).desks()).isEmpty();
    assertThat(feed.hasSubscribers()).isTrue();
  }

  @Test
  void storeThatFails_isToldToWhoLooks_andTriedAgain() {
    AtomicBoolean broken = new AtomicBoolean(true);
    LiveOffice fragile =
        new LiveOffice(new Fragile(telemetry.store().sessions(), broken), feed, clock);
    assertThatThrownBy(() -> fragile.look(OrganizationId.FIRST))
        .isInstanceOf(IllegalStateException.class);

    broken.set(false);
    assertThat(fragile.look(OrganizationId.FIRST).desks()).isEmpty();
  }

  /** A store that fails as long as it is told to. */
  private record Fragile(SessionQuery store, AtomicBoolean broken) implements SessionQuery {
    @Override
    public Page<SessionRow> list(
        OrganizationId organization, SessionFilter filter, int limit, Optional<String> cursor) {
      if (broken.get()) {
        throw new IllegalStateException("no disk");
      }
      return store.list(organization, filter, limit, cursor);
    }

    @Override
    public List<SessionRow> find(OrganizationId organization, String session) {
      return store.find(organization, session);
    }

    @Override
    public List<CapturedText> texts(OrganizationId organization, long ref, int limit) {
      return store.texts(organization, ref, limit);
    }

    @Override
    public List<AgentEvent> events(OrganizationId organization, long ref, int limit) {
      return store.events(organization, ref, limit);
    }

    @Override
    public void between(
        OrganizationId organization,
        long fromMillis,
        long toMillis,
        Consumer<SessionReport> consumer) {
      store.between(organization, fromMillis, toMillis, consumer);
    }
  }

  private static SessionRow row(long startedMillis, long endedMillis, long nanoUsd) {
    long[] figures = new long[Figure.values().length];
    figures[Figure.CHARGE_NANO_USD.ordinal()] = nanoUsd;
    return new SessionRow(
        1,
        OrganizationId.FIRST,
        FACTS,
        9,
        KeyId.NONE,
        startedMillis,
        endedMillis,
        List.of("gpt-6-sol"),
        Signal.LOG,
        Figures.of(figures),
        Optional.empty(),
        Optional.empty());
  }
}
