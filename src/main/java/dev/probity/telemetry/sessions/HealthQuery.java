package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import java.util.List;

/** Questions about the health of the reporting itself. */
public interface HealthQuery {
  /** Everything that was noticed since a time, by key, agent, version and signal. */
  List<HealthRow> since(OrganizationId organization, long fromMillis);
}
