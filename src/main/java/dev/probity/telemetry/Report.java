package dev.probity.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of one accepted OTLP export (or of a part of a large one): the unit that is
 * journaled and acknowledged.
 *
 * @param key the key that it was sent with
 * @param receivedAtMillis in milliseconds since 1970
 * @param agent the agent of most of its records, for the health page
 * @param clientVersion that agent's version
 * @param place where it was sent from, where the organization switched that on; never an address
 */
public record Report(
    OrganizationId organization,
    KeyId key,
    long receivedAtMillis,
    Signal signal,
    String agent,
    String clientVersion,
    Optional<Place> place,
    Notes notes,
    List<SessionReport> sessions) {}
