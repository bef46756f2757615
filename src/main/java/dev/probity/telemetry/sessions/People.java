package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import java.util.List;
import java.util.Optional;

/** Who the reports are from. */
public interface People {
  List<PersonRow> list(OrganizationId organization);

  Optional<PersonRow> find(OrganizationId organization, long person);
}
