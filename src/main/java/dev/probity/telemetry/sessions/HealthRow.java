package dev.probity.telemetry.sessions;

import dev.probity.kernel.KeyId;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Signal;

/**
 * How well one client version reports with one key on one signal.
 *
 * @param lastSeenMillis its last report
 * @param reports how many came
 * @param notes summed over them; where a sum is more than an {@code int} holds it stays there
 * @param duplicates records that had come before
 */
public record HealthRow(
    KeyId key,
    String agent,
    String clientVersion,
    Signal signal,
    long firstSeenMillis,
    long lastSeenMillis,
    long reports,
    Notes notes,
    long duplicates) {}
