package dev.probity.gateway.upstream.simulated.script;

/**
 * A call that the model makes.
 *
 * @param arguments JSON, or any text for a freeform tool
 */
public record ToolUse(Offered tool, String arguments) {
  public String name() {
    return tool.name();
  }

  public boolean freeform() {
    return tool.freeform();
  }
}
