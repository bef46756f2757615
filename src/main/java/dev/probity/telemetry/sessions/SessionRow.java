package dev.probity.telemetry.sessions;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import java.util.List;
import java.util.Optional;

/**
 * One session with its sums.
 *
 * @param ref the store's own number of it: a keyed hash of organization, agent and id
 * @param facts the latest that is known
 * @param person 0 if it is not known
 * @param key the key it was last reported with
 * @param startedAtMillis its first event
 * @param endedAtMillis its last event so far
 * @param models that were called, in the order of first use
 * @param source the signal that its usage was taken from
 * @param gateway what the gateway measured, where it saw the session
 */
public record SessionRow(
    long ref,
    OrganizationId organization,
    SessionFacts facts,
    long person,
    KeyId key,
    long startedAtMillis,
    long endedAtMillis,
    List<String> models,
    Signal source,
    Figures figures,
    Optional<Place> place,
    Optional<GatewaySums> gateway) {}
