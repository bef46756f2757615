/**
 * The durable log between the hot path and the stores. Start at {@link
 * dev.probity.journal.Journal}, the writing end, and {@link dev.probity.journal.JournalDrain}, the
 * reading end.
 *
 * <p>Always: an append that returned survives the death of the process; entries reach the sink in
 * order; a segment is deleted only when the sink has all of it; no nonce is used twice.
 */
@NullMarked
package dev.probity.journal;

import org.jspecify.annotations.NullMarked;
