package dev.probity.gateway.answer;

import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** What an answer that is one JSON document means. One a reader. */
public interface AnswerDocument {
  /** What the scanner must watch. */
  JsonPaths paths();

  /**
   * Takes what the document says as far as it has come. Called after every piece of it, so it sets
   * what it finds and adds up nothing.
   */
  void read(JsonScanner json, AnswerTally tally);
}
