/**
 * The ports that agents report to: OTLP over HTTP and over gRPC, each understood at both. Gathers
 * what comes and writes what is answered; what happens between is {@link
 * dev.probity.telemetry.intake.OtlpIntake}'s.
 */
@NullMarked
package dev.probity.gateway.door.otlp;

import org.jspecify.annotations.NullMarked;
