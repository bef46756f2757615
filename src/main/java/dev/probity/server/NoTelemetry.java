package dev.probity.server;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.sessions.HealthQuery;
import dev.probity.telemetry.sessions.HealthRow;
import dev.probity.telemetry.sessions.KeyPeople;
import dev.probity.telemetry.sessions.People;
import dev.probity.telemetry.sessions.PersonRow;
import dev.probity.telemetry.sessions.PlaceRow;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionQuery;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetrySums;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A telemetry store that nobody reported to. */
final class NoTelemetry implements SessionQuery, TelemetrySums, People, HealthQuery, KeyPeople {
  @Override
  public Optional<String> personOf(KeyId key) {
    return Optional.empty();
  }

  @Override
  public Optional<String> nameOf(KeyId key) {
    return Optional.empty();
  }

  @Override
  public Page<SessionRow> list(
      OrganizationId organization, SessionFilter filter, int limit, Optional<String> cursor) {
    return new Page<>(List.of(), Optional.empty());
  }

  @Override
  public List<SessionRow> find(OrganizationId organization, String session) {
    return List.of();
  }

  @Override
  public List<AgentEvent> events(OrganizationId organization, long ref, int limit) {
    return List.of();
  }

  @Override
  public void between(
      OrganizationId organization,
      long fromMillis,
      long toMillis,
      Consumer<SessionReport> consumer) {}

  @Override
  public List<SumRow> sums(
      OrganizationId organization, long fromMillis, long toMillis, Period period) {
    return List.of();
  }

  @Override
  public List<PlaceRow> places(OrganizationId organization, long fromMillis, long toMillis) {
    return List.of();
  }

  @Override
  public List<PersonRow> list(OrganizationId organization) {
    return List.of();
  }

  @Override
  public Optional<PersonRow> find(OrganizationId organization, long person) {
    return Optional.empty();
  }

  @Override
  public List<HealthRow> since(OrganizationId organization, long fromMillis) {
    return List.of();
  }
}
