package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Pieces;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.Script;
import dev.probity.gateway.upstream.simulated.script.ScriptReader;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's older completions: a text goes on. */
final class CompletionSimulation implements Simulation {
  private final Clock clock;
  private final Ids ids;

  CompletionSimulation(Clock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Answer answer(Call call) {
    JsonNode body = call.body();
    call.required("model", Vendor.OPENAI);
    if (!Trees.has(body, "prompt")) {
      throw Vendor.OPENAI.missing("prompt");
    }
    JsonNode asked = body.path("prompt");
    Prompt.Reading reading = new Prompt.Reading();
    reading.segments().add(asked);
    reading.user(asked.isArray() ? asked.path(0).asString("") : asked.asString(""));
    reading.limit(body.path("max_tokens").asLong(0));
    Prompt prompt = reading.done();
    Script script = ScriptReader.read(prompt, call.faults(), call.model());
    Usage usage = script.usage(new Usage(prompt.segments().tokens(), 0, 0, 0, 0, 0, 0));
    String finish = script.cutShort() ? "length" : "stop";
    ObjectNode head =
        Trees.object(
            "id",
            ids.next("cmpl-"),
            "object",
            "text_completion",
            "created",
            clock.millis() / 1000,
            "model",
            call.model());
    if (body.path("stream").asBoolean(false)) {
      return streamed(call, head, script, finish, counted(usage));
    }
    head.set("choices", Trees.array(choice(script.text(), finish)));
    if (!call.faults().on(Fault.NO_USAGE)) {
      head.set("usage", counted(usage));
    }
    return new Answer.Whole(head);
  }

  private static Answer streamed(
      Call call, ObjectNode head, Script script, String finish, ObjectNode usage) {
    boolean counted =
        call.body().path("stream_options").path("include_usage").asBoolean(false)
            && !call.faults().on(Fault.NO_USAGE);
    if (counted) {
      Trees.put(head, "usage", null);
    }
    List<Frame> frames = new ArrayList<>();
    for (String piece : Pieces.ofText(script.text(), call.faults())) {
      frames.add(chunk(head, choice(piece, null), true));
    }
    frames.add(chunk(head, choice("", finish), false));
    if (counted) {
      ObjectNode last = head.deepCopy();
      last.set("choices", Trees.array());
      last.set("usage", usage);
      frames.add(Frame.data(last, false));
    }
    frames.add(new Frame("data: [DONE]\n\n", false));
    return new Answer.Streamed(
        Answer.Streamed.EVENTS, frames, ": keep-alive\n\n", ChatSimulation.failure(call));
  }

  private static Frame chunk(ObjectNode head, ObjectNode choice, boolean content) {
    ObjectNode chunk = head.deepCopy();
    chunk.set("choices", Trees.array(choice));
    return Frame.data(chunk, content);
  }

  private static ObjectNode choice(String text, @Nullable String finish) {
    return Trees.object("text", text, "index", 0, "logprobs", null, "finish_reason", finish);
  }

  private static ObjectNode counted(Usage usage) {
    return Trees.object(
        "prompt_tokens",
        usage.input(),
        "completion_tokens",
        usage.output(),
        "total_tokens",
        usage.total());
  }
}
