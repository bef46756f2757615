package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Faults;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Pieces;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.PromptCache;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Script;
import dev.probity.gateway.upstream.simulated.script.ScriptReader;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.ToolUse;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages. */
final class MessagesSimulation implements Simulation {
  /** Whose seals on thoughts these models take for their own. */
  static final String SEAL = "anthropic";

  private static final Frame PING = new Frame("event: ping\ndata: {\"type\": \"ping\"}\n\n", false);

  private final Ids ids;
  private final PromptCache cache;

  MessagesSimulation(Ids ids, PromptCache cache) {
    this.ids = ids;
    this.cache = cache;
  }

  /** {@code /v1/messages/count_tokens}. */
  Answer count(Call call) {
    return new Answer.Whole(
        Trees.object("input_tokens", MessagesPrompts.readForCounting(call).segments().tokens()));
  }

  @Override
  public Answer answer(Call call) {
    Prompt prompt = MessagesPrompts.read(call);
    Script script = ScriptReader.read(prompt, call.faults(), call.model());
    Usage usage = script.usage(cache.asked(call.model(), prompt.segments()));
    ArrayNode content = content(call, script);
    if (call.body().path("stream").asBoolean(false)) {
      return new Answer.Streamed(
          Answer.Streamed.EVENTS, frames(call, script, content, usage), PING.text(), failure(call));
    }
    ObjectNode message = message(call, content, stopReason(script));
    if (!call.faults().on(Fault.NO_USAGE)) {
      message.set("usage", usage(call, usage, usage.output()));
    }
    return new Answer.Whole(message);
  }

  private ObjectNode message(Call call, ArrayNode content, @Nullable String stopReason) {
    ObjectNode message =
        Trees.object(
            "id",
            ids.next("msg_01"),
            "type",
            "message",
            "role",
            "assistant",
            "model",
            call.model(),
            "content",
            content,
            "stop_reason",
            stopReason,
            "stop_sequence",
            null);
    if (call.body().has("context_management")) {
      message.set("context_management", Trees.object("applied_edits", Trees.array()));
    }
    return message;
  }

  private ArrayNode content(Call call, Script script) {
    ArrayNode content = Trees.array();
    if (!script.reasoning().isEmpty()) {
      boolean omitted = call.body().path("thinking").path("display").asString("").equals("omitted");
      content.add(
          Trees.object(
              "type",
              "thinking",
              "thinking",
              omitted ? "" : script.reasoning(),
              "signature",
              Sight.seal(SEAL, script.reasoning())));
    }
    if (!script.text().isEmpty() || script.calls().isEmpty()) {
      content.add(Trees.object("type", "text", "text", script.text()));
    }
    for (ToolUse use : script.calls()) {
      content.add(
          Trees.object(
              "type",
              "tool_use",
              "id",
              ids.next("toolu_01"),
              "name",
              use.name(),
              "input",
              input(use.arguments())));
    }
    return content;
  }

  static JsonNode input(String arguments) {
    try {
      JsonNode input = Trees.parse(arguments);
      if (input.isObject()) {
        return input;
      }
    } catch (JacksonException notJson) {
      // The prompt gave something else; the format knows only objects.
    }
    return Trees.object("input", arguments);
  }

  private static String stopReason(Script script) {
    if (!script.calls().isEmpty()) {
      return "tool_use";
    }
    return script.cutShort() ? "max_tokens" : "end_turn";
  }

  private List<Frame> frames(Call call, Script script, ArrayNode content, Usage usage) {
    boolean counted = !call.faults().on(Fault.NO_USAGE);
    List<Frame> frames = new ArrayList<>();
    ObjectNode opening = message(call, Trees.array(), null);
    if (counted) {
      opening.set("usage", usage(call, usage, 1));
    }
    frames.add(Frame.event(Trees.object("type", "message_start", "message", opening), false));
    frames.add(PING);
    int index = 0;
    for (JsonNode block : content) {
      block(index++, (ObjectNode) block, call.faults(), frames);
    }
    ObjectNode closing =
        Trees.object(
            "type",
            "message_delta",
            "delta",
            Trees.object("stop_reason", stopReason(script), "stop_sequence", null));
    if (counted) {
      ObjectNode total = usage(call, usage, usage.output());
      total.remove(List.of("cache_creation", "service_tier"));
      closing.set("usage", total);
    }
    frames.add(Frame.event(closing, false));
    frames.add(Frame.event(Trees.object("type", "message_stop"), false));
    return frames;
  }

  private static void block(int index, ObjectNode block, Faults faults, List<Frame> frames) {
    ObjectNode empty = block.deepCopy();
    List<ObjectNode> deltas = new ArrayList<>();
    switch (block.path("type").asString("")) {
      case "thinking" -> {
        Trees.put(empty, "thinking", "");
        Trees.put(empty, "signature", "");
        Pieces.inParts(block.path("thinking").asString(""), 4)
            .forEach(piece -> deltas.add(delta("thinking_delta", "thinking", piece)));
        deltas.add(delta("signature_delta", "signature", block.path("signature").asString("")));
      }
      case "tool_use" -> {
        Trees.put(empty, "input", Trees.object());
        // The first delta is empty, as Anthropic's is: even a call without arguments has one.
        deltas.add(delta("input_json_delta", "partial_json", ""));
        Pieces.inParts(Trees.text(block.path("input")), 4)
            .forEach(piece -> deltas.add(delta("input_json_delta", "partial_json", piece)));
      }
      default -> {
        Trees.put(empty, "text", "");
        Pieces.ofText(block.path("text").asString(""), faults)
            .forEach(piece -> deltas.add(delta("text_delta", "text", piece)));
      }
    }
    frames.add(at("content_block_start", index, "content_block", empty, false));
    deltas.forEach(delta -> frames.add(at("content_block_delta", index, "delta", delta, true)));
    frames.add(Frame.event(Trees.object("type", "content_block_stop", "index", index), false));
  }

  private static Frame at(String type, int index, String name, ObjectNode value, boolean content) {
    return Frame.event(Trees.object("type", type, "index", index, name, value), content);
  }

  private static ObjectNode delta(String type, String name, String piece) {
    return Trees.object("type", type, name, piece);
  }

  /** Anthropic's way of counting: the input leaves out what was read from and put in the cache. */
  private static ObjectNode usage(Call call, Usage usage, long output) {
    String tier = call.body().path("service_tier").asString("auto");
    ObjectNode counts =
        Trees.object(
            "input_tokens",
            usage.uncachedInput(),
            "cache_creation_input_tokens",
            usage.cacheWrite5m() + usage.cacheWrite1h(),
            "cache_read_input_tokens",
            usage.cacheRead(),
            "cache_creation",
            Trees.object(
                "ephemeral_5m_input_tokens",
                usage.cacheWrite5m(),
                "ephemeral_1h_input_tokens",
                usage.cacheWrite1h()),
            "output_tokens",
            output,
            "service_tier",
            tier.equals("priority") ? "priority" : "standard");
    if (usage.outputReasoning() > 0 && output > 1) {
      counts.set("output_tokens_details", Trees.object("thinking_tokens", usage.outputReasoning()));
    }
    return counts;
  }

  private static String failure(Call call) {
    return Frame.event(
            Vendor.ANTHROPIC.error(
                new Rejection(529, "", "", "The simulated provider was asked to fail."),
                call.requestId()),
            false)
        .text();
  }
}
