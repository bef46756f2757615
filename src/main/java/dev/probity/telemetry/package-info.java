/**
 * What coding agents report: from the wire to sessions and sums. {@link dev.probity.telemetry.otlp}
 * reads the wire, {@link dev.probity.telemetry.dialect} turns each agent's way of saying things
 * into the same {@link dev.probity.telemetry.AgentEvent}s and {@link
 * dev.probity.telemetry.Reading}s, {@link dev.probity.telemetry.intake} checks, prices and journals
 * them as a {@link dev.probity.telemetry.Report}, and {@link dev.probity.telemetry.sessions} adds
 * them up.
 *
 * <p>Always: nothing that was not allowed by name gets past the wire; a report that was
 * acknowledged is durable; the same record counts once; token parts never overlap.
 */
@NullMarked
package dev.probity.telemetry;

import org.jspecify.annotations.NullMarked;
