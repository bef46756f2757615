package dev.probity.journal;

/**
 * One entry as the stores get it.
 *
 * @param position rises from entry to entry, over restarts too
 * @param kind who wrote it, and so who can read it
 * @param payload must not be changed
 */
public record JournalEntry(long position, byte kind, byte[] payload) {}
