package dev.probity.journal;

import java.util.List;

/** What the journal drains into. Called by one thread at a time. */
public interface JournalSink {
  /**
   * Takes entries in, in order. If it throws, the same entries come again later; after a crash
   * entries that it had taken in may come again too, so it must remember the last position beside
   * what it stores.
   */
  void apply(List<JournalEntry> entries);

  /**
   * Makes sure that everything applied so far survives a power failure. Called before the journal
   * forgets it.
   */
  default void makeDurable() {}
}
