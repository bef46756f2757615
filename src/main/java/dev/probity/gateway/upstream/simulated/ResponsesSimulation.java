package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.rules.ResponsesRules;
import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.PromptCache;
import dev.probity.gateway.upstream.simulated.script.Script;
import dev.probity.gateway.upstream.simulated.script.ScriptReader;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.ToolUse;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's responses. {@link ResponsesEvents} streams what this builds. */
final class ResponsesSimulation implements Simulation {
  /** Whose seals on thoughts these models take for their own. */
  static final String SEAL = "openai";

  /** What a response repeats of its request, and what stands there if the request did not say. */
  private static final Map<String, String> REPEATED =
      Map.of(
          "instructions", "null",
          "max_output_tokens", "null",
          "metadata", "{}",
          "parallel_tool_calls", "true",
          "previous_response_id", "null",
          "temperature", "1.0",
          "text", "{\"format\":{\"type\":\"text\"}}",
          "tool_choice", "\"auto\"",
          "tools", "[]",
          "top_p", "1.0");

  private final Clock clock;
  private final Ids ids;
  private final PromptCache cache;

  ResponsesSimulation(Clock clock, Ids ids, PromptCache cache) {
    this.clock = clock;
    this.ids = ids;
    this.cache = cache;
  }

  /** {@code /v1/responses/input_tokens}. */
  Answer count(Call call) {
    return new Answer.Whole(
        Trees.object(
            "object",
            "response.input_tokens",
            "input_tokens",
            ResponsesPrompts.read(call).segments().tokens()));
  }

  @Override
  public Answer answer(Call call) {
    Prompt prompt = ResponsesPrompts.read(call);
    ResponsesRules.check(call.body());
    Script script = ScriptReader.read(prompt, call.faults(), call.model());
    Usage usage = script.usage(cache.unasked(call.model(), prompt.segments()));
    ObjectNode begun = begun(call);
    ArrayNode output = output(call, script);
    ObjectNode finished = finished(begun, output, script);
    if (!call.faults().on(Fault.NO_USAGE)) {
      finished.set("usage", usage(usage));
    }
    if (!call.body().path("stream").asBoolean(false)) {
      return new Answer.Whole(finished);
    }
    return new Answer.Streamed(
        Answer.Streamed.EVENTS,
        new ResponsesEvents(call.faults()).of(begun, output, finished),
        ": keep-alive\n\n",
        failure(begun));
  }

  private ObjectNode begun(Call call) {
    JsonNode body = call.body();
    String tier = body.path("service_tier").asString("auto");
    ObjectNode response =
        Trees.object(
            "id",
            ids.next("resp_"),
            "object",
            "response",
            "created_at",
            clock.millis() / 1000,
            "status",
            "in_progress",
            "background",
            false,
            "error",
            null,
            "incomplete_details",
            null,
            "model",
            call.model(),
            "output",
            Trees.array(),
            "service_tier",
            tier.equals("auto") ? "default" : tier,
            "store",
            body.path("store").asBoolean(true),
            "truncation",
            "disabled",
            "usage",
            null,
            "user",
            null);
    REPEATED.forEach((name, otherwise) ->
        response.set(name, body.has(name) ? body.path(name) : Trees.parse(otherwise)));
    response.set(
        "reasoning",
        Trees.object(
            "effort",
            text(body.path("reasoning").path("effort")),
            "summary",
            text(body.path("reasoning").path("summary"))));
    return response;
  }

  private static ObjectNode finished(ObjectNode begun, ArrayNode output, Script script) {
    ObjectNode finished = begun.deepCopy();
    Trees.put(finished, "status", script.cutShort() ? "incomplete" : "completed");
    if (script.cutShort()) {
      Trees.put(finished, "incomplete_details", Trees.object("reason", "max_output_tokens"));
    }
    finished.set("output", output);
    return finished;
  }

  private ArrayNode output(Call call, Script script) {
    ArrayNode output = Trees.array();
    if (!script.reasoning().isEmpty()) {
      output.add(reasoning(call, script.reasoning()));
    }
    if (!script.text().isEmpty() || script.calls().isEmpty()) {
      output.add(
          Trees.object(
              "id",
              ids.next("msg_"),
              "type",
              "message",
              "status",
              script.cutShort() ? "incomplete" : "completed",
              "role",
              "assistant",
              "content",
              Trees.array(
                  Trees.object(
                      "type",
                      "output_text",
                      "text",
                      script.text(),
                      "annotations",
                      Trees.array(),
                      "logprobs",
                      Trees.array()))));
    }
    for (ToolUse use : script.calls()) {
      output.add(call(use));
    }
    return output;
  }

  /** The summary only for who asked for one; the sealed reasoning only for who asked for that. */
  private ObjectNode reasoning(Call call, String text) {
    boolean shown = Trees.has(call.body().path("reasoning"), "summary");
    ObjectNode item =
        Trees.object(
            "id",
            ids.next("rs_"),
            "type",
            "reasoning",
            "summary",
            shown
                ? Trees.array(Trees.object("type", "summary_text", "text", text))
                : Trees.array());
    boolean sealed =
        call.body()
            .path("include")
            .valueStream()
            .anyMatch(value -> value.asString("").equals("reasoning.encrypted_content"));
    if (sealed) {
      Trees.put(item, "encrypted_content", Sight.seal(SEAL, text));
    }
    return item;
  }

  private ObjectNode call(ToolUse use) {
    ObjectNode item =
        Trees.object(
            "id",
            ids.next(use.freeform() ? "ctc_" : "fc_"),
            "type",
            use.freeform() ? "custom_tool_call" : "function_call",
            "status",
            "completed",
            "call_id",
            ids.next("call_"),
            "name",
            use.name(),
            use.freeform() ? "input" : "arguments",
            use.arguments());
    if (!use.tool().namespace().isEmpty()) {
      Trees.put(item, "namespace", use.tool().namespace());
    }
    return item;
  }

  private static ObjectNode usage(Usage usage) {
    return Trees.object(
        "input_tokens",
        usage.input(),
        "input_tokens_details",
        Trees.object(
            "cached_tokens", usage.cacheRead(), "cache_write_tokens", usage.cacheWrite5m()),
        "output_tokens",
        usage.output(),
        "output_tokens_details",
        Trees.object("reasoning_tokens", usage.outputReasoning()),
        "total_tokens",
        usage.total());
  }

  private static String failure(ObjectNode begun) {
    ObjectNode failed = begun.deepCopy();
    Trees.put(failed, "status", "failed");
    Trees.put(
        failed,
        "error",
        Trees.object(
            "code", "server_error", "message", "The simulated provider was asked to fail."));
    return Frame.event(
            Trees.object(
                "type", "response.failed", "sequence_number", 1_000_000, "response", failed),
            false)
        .text();
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
