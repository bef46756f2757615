/**
 * Each agent's way of reporting, one file for each: what it calls things, how it counts, which of
 * its signals is believed and which only repeat. Start at {@link
 * dev.probity.telemetry.dialect.Dialects}.
 */
@NullMarked
package dev.probity.telemetry.dialect;

import org.jspecify.annotations.NullMarked;
