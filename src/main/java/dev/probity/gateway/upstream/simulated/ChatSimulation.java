package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Pieces;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.PromptCache;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Script;
import dev.probity.gateway.upstream.simulated.script.ScriptReader;
import dev.probity.gateway.upstream.simulated.script.ToolUse;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions; reasoning is shown as most others do who speak that format. */
final class ChatSimulation implements Simulation {
  private static final int MAX_CHOICES = 8;

  private final Clock clock;
  private final Ids ids;
  private final PromptCache cache;

  ChatSimulation(Clock clock, Ids ids, PromptCache cache) {
    this.clock = clock;
    this.ids = ids;
    this.cache = cache;
  }

  @Override
  public Answer answer(Call call) {
    Prompt prompt = ChatPrompts.read(call);
    Script script = ScriptReader.read(prompt, call.faults(), call.model());
    int choices = Math.clamp(call.body().path("n").asLong(1), 1, MAX_CHOICES);
    Usage one = script.usage(cache.unasked(call.model(), prompt.segments()));
    ObjectNode usage = usage(one, choices);
    String id = ids.next("chatcmpl-");
    if (call.body().path("stream").asBoolean(false)) {
      return new Answer.Streamed(
          Answer.Streamed.EVENTS,
          frames(call, id, script, choices, usage),
          ": keep-alive\n\n",
          failure(call));
    }
    ObjectNode answer = head(call, id, "chat.completion");
    ArrayNode list = Trees.array();
    for (int i = 0; i < choices; i++) {
      list.add(choice(i, script));
    }
    answer.set("choices", list);
    if (!call.faults().on(Fault.NO_USAGE)) {
      answer.set("usage", usage);
    }
    return new Answer.Whole(answer);
  }

  private ObjectNode head(Call call, String id, String object) {
    String tier = call.body().path("service_tier").asString("auto");
    return Trees.object(
        "id",
        id,
        "object",
        object,
        "created",
        clock.millis() / 1000,
        "model",
        call.model(),
        "service_tier",
        tier.equals("auto") ? "default" : tier,
        "system_fingerprint",
        "fp_simulated");
  }

  private ObjectNode choice(int index, Script script) {
    ObjectNode message =
        Trees.object(
            "role",
            "assistant",
            "content",
            script.calls().isEmpty() || !script.text().isEmpty() ? script.text() : null,
            "refusal",
            null,
            "annotations",
            Trees.array());
    if (!script.reasoning().isEmpty()) {
      Trees.put(message, "reasoning_content", script.reasoning());
    }
    if (!script.calls().isEmpty()) {
      ArrayNode calls = Trees.array();
      for (ToolUse use : script.calls()) {
        calls.add(toolCall(use, use.arguments()));
      }
      message.set("tool_calls", calls);
    }
    return Trees.object(
        "index",
        index,
        "message",
        message,
        "logprobs",
        null,
        "finish_reason",
        finishReason(script));
  }

  private ObjectNode toolCall(ToolUse use, String arguments) {
    String type = use.freeform() ? "custom" : "function";
    return Trees.object(
        "id",
        ids.next("call_"),
        "type",
        type,
        type,
        Trees.object("name", use.name(), use.freeform() ? "input" : "arguments", arguments));
  }

  private static String finishReason(Script script) {
    if (!script.calls().isEmpty()) {
      return "tool_calls";
    }
    return script.cutShort() ? "length" : "stop";
  }

  private List<Frame> frames(Call call, String id, Script script, int choices, ObjectNode usage) {
    boolean counted =
        call.body().path("stream_options").path("include_usage").asBoolean(false)
            && !call.faults().on(Fault.NO_USAGE);
    ObjectNode head = head(call, id, "chat.completion.chunk");
    if (counted) {
      Trees.put(head, "usage", null);
    }
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < choices; i++) {
      ObjectNode first = Trees.object("role", "assistant", "content", "", "refusal", null);
      frames.add(chunk(head, i, first, null, false));
    }
    for (String piece : Pieces.inParts(script.reasoning(), 3)) {
      for (int i = 0; i < choices; i++) {
        frames.add(chunk(head, i, Trees.object("reasoning_content", piece), null, true));
      }
    }
    for (String piece : Pieces.ofText(script.text(), call.faults())) {
      for (int i = 0; i < choices; i++) {
        frames.add(chunk(head, i, Trees.object("content", piece), null, true));
      }
    }
    for (int i = 0; i < choices; i++) {
      calls(head, i, script, frames);
      frames.add(chunk(head, i, Trees.object(), finishReason(script), false));
    }
    if (counted) {
      ObjectNode last = head.deepCopy();
      last.set("choices", Trees.array());
      last.set("usage", usage);
      frames.add(Frame.data(last, false));
    }
    frames.add(new Frame("data: [DONE]\n\n", false));
    return frames;
  }

  /** Each call: its name with empty arguments, then the arguments in pieces. */
  private void calls(ObjectNode head, int choice, Script script, List<Frame> frames) {
    int index = 0;
    for (ToolUse use : script.calls()) {
      ObjectNode opening = toolCall(use, "");
      Trees.put(opening, "index", index);
      frames.add(chunk(head, choice, calling(opening), null, true));
      for (String piece : Pieces.inParts(use.arguments(), 4)) {
        ObjectNode more =
            Trees.object(
                "index",
                index,
                use.freeform() ? "custom" : "function",
                Trees.object(use.freeform() ? "input" : "arguments", piece));
        frames.add(chunk(head, choice, calling(more), null, true));
      }
      index++;
    }
  }

  private static ObjectNode calling(ObjectNode call) {
    return Trees.object("tool_calls", Trees.array(call));
  }

  private static Frame chunk(
      ObjectNode head, int index, ObjectNode delta, @Nullable String finish, boolean content) {
    ObjectNode chunk = head.deepCopy();
    chunk.set(
        "choices",
        Trees.array(
            Trees.object(
                "index", index, "delta", delta, "logprobs", null, "finish_reason", finish)));
    return Frame.data(chunk, content);
  }

  private static ObjectNode usage(Usage usage, int choices) {
    long reasoning = usage.outputReasoning() * choices;
    long output = usage.output() * choices;
    return Trees.object(
        "prompt_tokens",
        usage.input(),
        "completion_tokens",
        output,
        "total_tokens",
        usage.input() + output,
        "prompt_tokens_details",
        Trees.object(
            "cached_tokens",
            usage.cacheRead(),
            "cache_write_tokens",
            usage.cacheWrite5m(),
            "audio_tokens",
            0),
        "completion_tokens_details",
        Trees.object(
            "reasoning_tokens",
            reasoning,
            "audio_tokens",
            0,
            "accepted_prediction_tokens",
            0,
            "rejected_prediction_tokens",
            0));
  }

  static String failure(Call call) {
    ObjectNode error =
        Vendor.OPENAI.error(
            new Rejection(500, "server_error", "", "The simulated provider was asked to fail."),
            call.requestId());
    return Frame.data(error, false).text();
  }
}
