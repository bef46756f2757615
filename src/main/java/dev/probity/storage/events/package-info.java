/**
 * The event store: what happened, one encrypted file a day. Start at {@link
 * dev.probity.storage.events.SqlExchangeStore}; the files and their keys are kept by {@link
 * dev.probity.storage.events.EventDays}.
 *
 * <p>Always: rows, roll-ups and the journal's position change in one transaction; the roll-ups are
 * the sums of the rows.
 */
@NullMarked
package dev.probity.storage.events;

import org.jspecify.annotations.NullMarked;
