/**
 * What agents report, stored: sessions, sums, people and health in one file, the events themselves
 * beside the exchanges in the days' files. Start at {@link
 * dev.probity.storage.telemetry.SqlTelemetryStore}, which takes reports in from the journal; {@link
 * dev.probity.storage.telemetry.EventStores} feeds it and the request log.
 *
 * <p>Always: the same record counts once; the sums are those of the events.
 */
@NullMarked
package dev.probity.storage.telemetry;

import org.jspecify.annotations.NullMarked;
