package dev.probity.identity;

import dev.probity.kernel.OrganizationId;
import java.util.Optional;

/** Where organizations are kept. */
public interface OrganizationStore {
  Optional<Organization> find(OrganizationId id);

  /** Adds an organization; does nothing if there is one with this id. Durable when this returns. */
  void insertIfAbsent(Organization organization);
}
