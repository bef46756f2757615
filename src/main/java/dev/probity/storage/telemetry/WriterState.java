package dev.probity.storage.telemetry;

import dev.probity.storage.Sql;
import dev.probity.storage.relational.Database;
import dev.probity.telemetry.sessions.PersonResolver;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** What those who write remember between batches. They take turns: see {@link #change}. */
final class WriterState {
  private final ReentrantLock turn = new ReentrantLock(true);
  final ActiveSessions sessions;
  final SumWriter sums;
  final PlaceTable places = new PlaceTable();
  final PeopleTable people;
  final PersonResolver resolver;
  final HealthTable health;
  final GatewaySessions gateway = new GatewaySessions();

  WriterState(SqlTelemetryStore.Parts parts, SqlTelemetryStore.Bounds bounds) {
    sessions = new ActiveSessions(parts.master(), bounds.sessions());
    sums = new SumWriter(bounds.dimensionsPerDay());
    people = new PeopleTable(bounds.ties());
    resolver = new PersonResolver(parts.keyPeople(), people, parts.newIds());
    health = new HealthTable(bounds.healthLinesPerHour());
  }

  /**
   * Makes a change in a transaction of the file of agents; what is remembered is never ahead of
   * what is stored.
   */
  <T> T change(Database agents, Function<Sql, T> change) {
    turn.lock();
    try {
      boolean done = false;
      try {
        T result = agents.write(change);
        done = true;
        return result;
      } finally {
        if (!done) {
          forget();
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /** After a failure: everything is read again. */
  private void forget() {
    sessions.forget();
    sums.forget();
    places.forget();
    people.forget();
    resolver.forget();
    health.forget();
    gateway.forget();
  }
}
