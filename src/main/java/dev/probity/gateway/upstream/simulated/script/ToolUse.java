package dev.probity.gateway.upstream.simulated.script;

/**
 * A call that the model makes.
 *
 * @param arguments JSON, or any text for a freeform tool
 */
public record ToolUse(String name, boolean freeform, String arguments) {}
