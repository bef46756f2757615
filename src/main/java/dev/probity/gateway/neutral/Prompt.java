package dev.probity.gateway.neutral;

import dev.probity.gateway.json.RawJson;
import java.util.List;
import java.util.Map;

/**
 * A request for a model's answer, in no dialect.
 *
 * @param instructions what the system, or the developer, says before the first turn
 * @param turns in order; neighbours may have the same role
 * @param knobs what is only carried over, as its source wrote it; see {@link Knob} for the shape of
 *     each value
 * @param rest members of the body that its decoder does not know, by name
 */
public record Prompt(
    List<Part> instructions,
    List<Turn> turns,
    List<Tool> tools,
    ToolChoice toolChoice,
    Reasoning reasoning,
    OutputFormat format,
    Map<Knob, RawJson> knobs,
    Map<String, RawJson> rest) {

  /** Who speaks. Results of tools stand in a turn of the user's. */
  public enum Role {
    USER,
    ASSISTANT,
    /** The system or the developer, in the middle of a conversation. */
    SYSTEM
  }

  public record Turn(Role role, List<Part> parts) {}
}
