package dev.probity.telemetry.sessions;

import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.SessionReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A telemetry store on the heap, for pages: tests put in what it is to answer. */
public final class HeapTelemetry {
  public final List<SessionRow> sessions = new CopyOnWriteArrayList<>();
  public final Map<Long, List<AgentEvent>> events = new HashMap<>();
  public final Map<Long, List<CapturedText>> texts = new HashMap<>();

  /** By hours; longer periods are summed from them. */
  public final List<SumRow> hours = new CopyOnWriteArrayList<>();

  public final List<PlaceRow> places = new CopyOnWriteArrayList<>();
  public final List<PersonRow> people = new CopyOnWriteArrayList<>();
  public final List<HealthRow> health = new CopyOnWriteArrayList<>();
  public final List<SessionReport> reports = new CopyOnWriteArrayList<>();

  public TelemetryStore store() {
    return new TelemetryStore(
        new Sessions(), new Sums(), new Persons(), (organization, from) -> List.copyOf(health));
  }

  private final class Sessions implements SessionQuery {
    @Override
    public Page<SessionRow> list(
        OrganizationId organization, SessionFilter filter, int limit, Optional<String> cursor) {
      List<SessionRow> found =
          sessions.stream()
              .filter(row -> row.organization().equals(organization) && matches(row, filter))
              .sorted(Comparator.comparingLong(SessionRow::startedAtMillis).reversed())
              .skip(place(cursor))
              .limit(limit + 1L)
              .toList();
      if (found.size() <= limit) {
        return new Page<>(found, Optional.empty());
      }
      long next = place(cursor) + limit;
      return new Page<>(found.subList(0, limit), Optional.of(Long.toString(next)));
    }

    @Override
    public List<SessionRow> find(OrganizationId organization, String session) {
      return sessions.stream()
          .filter(row -> row.organization().equals(organization))
          .filter(row -> row.facts().session().equals(session))
          .toList();
    }

    @Override
    public List<AgentEvent> events(OrganizationId organization, long ref, int limit) {
      return events.getOrDefault(ref, List.of()).stream().limit(limit).toList();
    }

    @Override
    public List<CapturedText> texts(OrganizationId organization, long ref, int limit) {
      return texts.getOrDefault(ref, List.of()).stream().limit(limit).toList();
    }

    @Override
    public void between(
        OrganizationId organization,
        long fromMillis,
        long toMillis,
        Consumer<SessionReport> consumer) {
      reports.forEach(consumer);
    }
  }

  private static long place(Optional<String> cursor) {
    try {
      return cursor.map(Long::parseLong).orElse(0L);
    } catch (NumberFormatException e) {
      throw new InvalidCursorException();
    }
  }

  private static boolean matches(SessionRow row, SessionFilter filter) {
    return filter.agent().map(agent -> agent.equals(row.facts().agent())).orElse(true)
        && (filter.person().isEmpty() || filter.person().getAsLong() == row.person())
        && filter.team().map(team -> team.equals(row.facts().team())).orElse(true)
        && filter.repository().map(it -> it.equals(row.facts().repository())).orElse(true)
        && filter.branch().map(branch -> branch.equals(row.facts().branch())).orElse(true)
        && filter.model().map(row.models()::contains).orElse(true)
        && (filter.fromMillis().isEmpty() || row.endedAtMillis() >= filter.fromMillis().getAsLong())
        && (filter.toMillis().isEmpty() || row.startedAtMillis() < filter.toMillis().getAsLong());
  }

  private final class Sums implements TelemetrySums {
    @Override
    public List<SumRow> sums(
        OrganizationId organization, long fromMillis, long toMillis, Period period) {
      record Group(long period, Dimensions dimensions) {}
      Map<Group, Figures> sums = new HashMap<>();
      for (SumRow row : hours) {
        if (row.periodMillis() >= fromMillis && row.periodMillis() < toMillis) {
          long at =
              switch (period) {
                case HOUR -> row.periodMillis();
                case DAY -> row.periodMillis() - row.periodMillis() % 86_400_000;
                case WHOLE_RANGE -> 0;
              };
          sums.merge(new Group(at, row.dimensions()), row.figures(), Figures::plus);
        }
      }
      List<SumRow> rows = new ArrayList<>();
      sums.forEach(
          (group, figures) -> rows.add(new SumRow(group.period, group.dimensions, figures)));
      return rows;
    }

    @Override
    public List<PlaceRow> places(OrganizationId organization, long fromMillis, long toMillis) {
      return List.copyOf(places);
    }
  }

  private final class Persons implements People {
    @Override
    public List<PersonRow> list(OrganizationId organization) {
      return List.copyOf(people);
    }

    @Override
    public Optional<PersonRow> find(OrganizationId organization, long person) {
      return people.stream().filter(row -> row.id() == person).findFirst();
    }
  }
}
