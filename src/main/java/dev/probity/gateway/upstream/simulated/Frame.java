package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Trees;
import tools.jackson.databind.node.ObjectNode;

/**
 * A piece of a streamed answer, as it goes over the wire.
 *
 * @param content whether it carries text, reasoning or arguments: what chunks are counted by
 */
record Frame(String text, boolean content) {

  static Frame data(ObjectNode json, boolean content) {
    return new Frame("data: " + Trees.text(json) + "\n\n", content);
  }

  /** A frame whose event name is the JSON's own type. */
  static Frame event(ObjectNode json, boolean content) {
    return new Frame(
        "event: " + json.path("type").asString("") + "\ndata: " + Trees.text(json) + "\n\n",
        content);
  }
}
