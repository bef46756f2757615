package dev.probity.gateway.upstream.simulated;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a format answers, before faults are put to it. */
sealed interface Answer {
  /** All at once. */
  record Whole(JsonNode body) implements Answer {}

  /**
   * Piece by piece.
   *
   * @param keepAlive what the vendor sends to say that it is still there
   * @param failure how the vendor says in the middle that it has failed
   */
  record Streamed(String contentType, List<Frame> frames, String keepAlive, String failure)
      implements Answer {
    static final String EVENTS = "text/event-stream; charset=utf-8";
  }
}
