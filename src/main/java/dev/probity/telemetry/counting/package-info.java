/**
 * The rules by which what agents report adds up: each matter from one signal, cumulative series by
 * their differences, tokens as flows between parts that never overlap. Start at {@link
 * dev.probity.telemetry.counting.SessionLedger}.
 */
@NullMarked
package dev.probity.telemetry.counting;

import org.jspecify.annotations.NullMarked;
