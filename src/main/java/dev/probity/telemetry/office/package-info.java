/**
 * Who is at work, and on what: the states behind the live office and its replay, from what agents
 * report. No HTTP here. Start at {@link dev.probity.telemetry.office.Office}.
 */
@NullMarked
package dev.probity.telemetry.office;

import org.jspecify.annotations.NullMarked;
