package dev.probity.telemetry.office;

import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionQuery;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the store knows of a time: who was there, and what happened in order. */
final class Past {
  /** Some tens of megabytes, for a moment. */
  static final int MOST_MOMENTS = 200_000;

  private static final int PAGE = 200;

  /** One session. */
  static final class Visit {
    private SessionFacts facts;
    private long person;
    private final List<Moment> moments = new ArrayList<>();

    private Visit(SessionFacts facts) {
      this.facts = facts;
    }

    SessionFacts facts() {
      return facts;
    }

    long person() {
      return person;
    }

    List<Moment> moments() {
      return moments;
    }
  }

  private record Key(String agent, String session) {
    static Key of(SessionFacts facts) {
      return new Key(facts.agent(), facts.session());
    }
  }

  private final List<SessionRow> rows = new ArrayList<>();
  private final Map<Key, Visit> visits = new LinkedHashMap<>();
  private int kept;
  private boolean cut;

  private Past() {}

  /**
   * Asks the store.
   *
   * @param fromMillis inclusive
   * @param toMillis exclusive
   */
  static Past of(
      SessionQuery sessions, OrganizationId organization, long fromMillis, long toMillis) {
    Past past = new Past();
    past.readRows(sessions, organization, fromMillis, toMillis);
    sessions.between(
        organization,
        fromMillis,
        toMillis,
        report -> {
          if (!report.facts().session().isEmpty()) {
            past.add(report.facts(), Office.moments(report), fromMillis, toMillis);
          }
        });
    for (SessionRow row : past.rows) {
      Visit visit = past.visits.get(Key.of(row.facts()));
      if (visit != null) {
        visit.facts = Facts.merged(visit.facts, row.facts());
        visit.person = row.person();
      }
    }
    past.visits.values().forEach(visit -> visit.moments.sort(Moment.IN_ORDER));
    return past;
  }

  private void readRows(
      SessionQuery sessions, OrganizationId organization, long fromMillis, long toMillis) {
    SessionFilter filter =
        new SessionFilter(
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(fromMillis),
            OptionalLong.of(toMillis));
    Optional<String> cursor = Optional.empty();
    do {
      Page<SessionRow> page = sessions.list(organization, filter, PAGE, cursor);
      rows.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent() && rows.size() < Office.MOST_SESSIONS);
  }

  private void add(SessionFacts facts, List<Moment> moments, long fromMillis, long toMillis) {
    for (Moment moment : moments) {
      if (moment.atMillis() >= fromMillis && moment.atMillis() < toMillis) {
        if (kept == MOST_MOMENTS) {
          cut = true;
          return;
        }
        kept++;
        visits.computeIfAbsent(Key.of(facts), key -> new Visit(facts)).moments.add(moment);
      }
    }
    Visit visit = visits.get(Key.of(facts));
    if (visit != null) {
      visit.facts = Facts.merged(visit.facts, facts);
    }
  }

  /** The sessions with their sums, as far as they were asked for. */
  List<SessionRow> rows() {
    return rows;
  }

  List<Visit> visits() {
    return List.copyOf(visits.values());
  }

  /** Whether there was more than is kept. */
  boolean isCut() {
    return cut;
  }
}
