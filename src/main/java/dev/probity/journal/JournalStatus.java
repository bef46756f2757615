package dev.probity.journal;

/**
 * What the journal is doing, for metrics.
 *
 * @param appendedEntries since the start
 * @param appliedEntries taken in by the sink since the start, recovered ones too
 * @param segments files on disk
 * @param lagBytes written but not yet taken in by the sink
 * @param skippedBytes of an unfinished last entry, skipped at recovery: what was being written when
 *     the process or the machine died, and was never acknowledged
 * @param corruptEntries entries, or runs of them, that were damaged on disk and are lost
 */
public record JournalStatus(
    long appendedEntries,
    long appliedEntries,
    int segments,
    long lagBytes,
    long skippedBytes,
    long corruptEntries) {}
