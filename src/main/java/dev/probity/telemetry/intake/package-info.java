/**
 * Takes in what agents report, after the socket and before the journal: checks the key, unpacks and
 * reads the body, has each record understood by its agent's dialect, prices it, and answers when it
 * is durable. Start at {@link dev.probity.telemetry.intake.OtlpIntake}.
 */
@NullMarked
package dev.probity.telemetry.intake;

import org.jspecify.annotations.NullMarked;
