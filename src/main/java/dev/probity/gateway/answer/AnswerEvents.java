package dev.probity.gateway.answer;

import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** What the events of a streamed answer mean. One a reader; may remember earlier events. */
public interface AnswerEvents {
  /** What the scanner must watch. */
  JsonPaths paths();

  /**
   * Takes an event whose data is a whole JSON document.
   *
   * @param name the event's name, empty if it has none
   */
  void read(JsonScanner json, String name, AnswerTally tally);

  /** The event {@code [DONE]}, with which some streams end. */
  void done(AnswerTally tally);

  /** The stream is over. */
  void finish(AnswerTally tally);
}
