package dev.probity.gateway.upstream.simulated;

/**
 * A call that the model makes.
 *
 * @param arguments JSON, or any text for a freeform tool
 */
record ToolUse(String name, boolean freeform, String arguments) {}
