package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of requests for responses. */
public final class ResponsesRules {
  private static final Set<String> MEMBERS =
      Set.of(
          "access_programs",
          "background",
          "client_metadata",
          "context_management",
          "conversation",
          "image",
          "include",
          "input",
          "instructions",
          "max_output_tokens",
          "max_tool_calls",
          "metadata",
          "model",
          "moderation",
          "parallel_tool_calls",
          "previous_response_id",
          "prompt",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "reasoning",
          "safety_identifier",
          "service_tier",
          "store",
          "stream",
          "stream_options",
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "truncation",
          "user");
  private static final Set<String> INCLUDABLE =
      Set.of(
          "code_interpreter_call.outputs",
          "computer_call_output.output.image_url",
          "file_search_call.results",
          "message.input_image.image_url",
          "message.output_text.logprobs",
          "reasoning.encrypted_content",
          "web_search_call.action.sources",
          "web_search_call.results");
  private static final Set<String> EFFORTS =
      Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
  private static final Set<String> SUMMARIES = Set.of("auto", "concise", "detailed");
  private static final Set<String> TIERS = Set.of("auto", "default", "fast", "flex", "priority");
  private static final Set<String> VERBOSITIES = Set.of("low", "medium", "high");
  private static final int ID_LENGTH = 64;
  private static final int METADATA_MEMBERS = 16;

  private ResponsesRules() {}

  /**
   * @throws Rejection if OpenAI would not take the request
   */
  public static void check(JsonNode body) {
    Shape request = new Shape(body, "");
    request.only(MEMBERS);
    request.text("instructions");
    request.number("temperature", 0, 2);
    request.number("top_p", 0, 1);
    request.integer("top_logprobs", 0, 20);
    request.integer("max_output_tokens", 16, Integer.MAX_VALUE);
    request.flag("parallel_tool_calls");
    request.flag("store");
    request.flag("stream");
    request.word("service_tier", TIERS);
    request.shortText("user", ID_LENGTH);
    request.shortText("safety_identifier", ID_LENGTH);
    request.shortText("prompt_cache_key", ID_LENGTH);
    request.array("include");
    for (JsonNode what : body.path("include")) {
      if (!INCLUDABLE.contains(what.asString(""))) {
        throw Shape.invalidValue("include[0]", what.asString(""), INCLUDABLE);
      }
    }
    metadata(body.path("metadata"));
    reasoning(body.path("reasoning"));
    text(body.path("text"));
    ResponsesToolRules.check(body);
    ResponsesInputRules.check(body.path("input"));
  }

  private static void metadata(JsonNode metadata) {
    if (metadata.isMissingNode() || metadata.isNull()) {
      return;
    }
    if (!metadata.isObject()) {
      throw Shape.invalidType("metadata", "an object", metadata);
    }
    if (metadata.size() > METADATA_MEMBERS) {
      throw new Rejection(
          400,
          "object_above_max_properties",
          "metadata",
          "Invalid 'metadata': too many properties. Expected an object with at most 16"
              + " properties, but got an object with "
              + metadata.size()
              + " properties instead.");
    }
    for (String name : metadata.propertyNames()) {
      if (!metadata.path(name).isString()) {
        throw Shape.invalidType("metadata." + name, "a string", metadata.path(name));
      }
    }
  }

  private static void reasoning(JsonNode reasoning) {
    if (reasoning.isObject()) {
      Shape shape = new Shape(reasoning, "reasoning.");
      shape.only(Set.of("context", "effort", "generate_summary", "mode", "summary"));
      shape.word("effort", EFFORTS);
      shape.word("summary", SUMMARIES);
    }
  }

  private static void text(JsonNode text) {
    if (!text.isObject()) {
      return;
    }
    Shape shape = new Shape(text, "text.");
    shape.only(Set.of("format", "verbosity"));
    shape.word("verbosity", VERBOSITIES);
    JsonNode format = text.path("format");
    if (!format.isObject()) {
      return;
    }
    Shape inner = new Shape(format, "text.format.");
    inner.required("type");
    inner.word("type", Set.of("json_object", "json_schema", "text"));
    if (format.path("type").asString("").equals("json_schema")) {
      inner.only(Set.of("type", "name", "description", "schema", "strict"));
      inner.required("name");
      inner.required("schema");
      inner.flag("strict");
      if (format.path("strict").asBoolean(false)) {
        StrictSchemas.check(
            format.path("schema"),
            "response_format '" + format.path("name").asString("") + "'",
            "text.format.schema");
      }
    } else {
      inner.only(Set.of("type"));
    }
  }
}
