package dev.probity.gateway.upstream.simulated.script;

import tools.jackson.databind.JsonNode;

/**
 * A tool that the request offers to the model.
 *
 * @param freeform takes any text instead of JSON (OpenAI's custom tools)
 * @param namespace that the tool's name is in; empty for most
 * @param schema of the arguments; missing if the tool has none
 */
public record Offered(String name, String namespace, boolean freeform, JsonNode schema) {}
