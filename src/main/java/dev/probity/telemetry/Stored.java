package dev.probity.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import java.util.Optional;

/**
 * A part of a report that has just reached the store, without what had come before: what live pages
 * are told.
 *
 * @param ref the store's number of the session
 * @param person 0 if it is not known
 */
public record Stored(
    OrganizationId organization,
    KeyId key,
    long ref,
    long person,
    Optional<Place> place,
    SessionReport report) {}
