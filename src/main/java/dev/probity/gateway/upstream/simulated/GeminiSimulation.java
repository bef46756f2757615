package dev.probity.gateway.upstream.simulated;

import static dev.probity.gateway.upstream.simulated.GeminiPrompts.either;

import dev.probity.gateway.upstream.simulated.rules.GeminiRules;
import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Pieces;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.PromptCache;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Script;
import dev.probity.gateway.upstream.simulated.script.ScriptReader;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Tokens;
import dev.probity.gateway.upstream.simulated.script.ToolUse;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's generateContent and streamGenerateContent. */
final class GeminiSimulation {
  /** Whose seals on thoughts these models take for their own. */
  static final String SEAL = "google";

  private final Ids ids;
  private final PromptCache cache;

  GeminiSimulation(Ids ids, PromptCache cache) {
    this.ids = ids;
    this.cache = cache;
  }

  Answer whole(Call call) {
    Prompt prompt = GeminiPrompts.read(call.body());
    GeminiRules.check(call.body(), call.model());
    Script script = ScriptReader.read(prompt, call.faults(), call.model());
    Usage usage = script.usage(cache.unasked(call.model(), prompt.segments()));
    ArrayNode parts = Trees.arrayOf(parts(call, script, false));
    return new Answer.Whole(
        chunk(call, ids.next(""), parts, finish(script), counts(usage, usage.outputText())));
  }

  Answer streamed(Call call) {
    Prompt prompt = GeminiPrompts.read(call.body());
    GeminiRules.check(call.body(), call.model());
    Script script = ScriptReader.read(prompt, call.faults(), call.model());
    Usage usage = script.usage(cache.unasked(call.model(), prompt.segments()));
    String id = ids.next("");
    List<ObjectNode> parts = parts(call, script, true);
    List<ObjectNode> chunks = new ArrayList<>();
    long said = 0;
    for (ObjectNode part : parts) {
      boolean last = chunks.size() == parts.size() - 1;
      said += part.path("thought").asBoolean(false) ? 0 : Tokens.of(part);
      long counted = last ? usage.outputText() : Math.min(said, usage.outputText());
      chunks.add(
          chunk(call, id, Trees.array(part), last ? finish(script) : null, counts(usage, counted)));
    }
    ObjectNode failure =
        Vendor.GOOGLE.error(
            new Rejection(503, "", "", "The simulated provider was asked to fail."),
            call.requestId());
    return call.serverSentEvents()
        ? new Answer.Streamed(
            Answer.Streamed.EVENTS,
            chunks.stream().map(chunk -> Frame.data(chunk, true)).toList(),
            ": keep-alive\n\n",
            Frame.data(failure, false).text())
        : new Answer.Streamed("application/json", list(chunks), " ", "," + failure + "]");
  }

  /** Without server-sent events the chunks are the elements of one JSON array. */
  private static List<Frame> list(List<ObjectNode> chunks) {
    List<Frame> frames = new ArrayList<>();
    for (ObjectNode chunk : chunks) {
      frames.add(new Frame((frames.isEmpty() ? "[" : ",\r\n") + Trees.text(chunk), true));
    }
    frames.add(new Frame("]", false));
    return frames;
  }

  /** What the model says, in order; in pieces if it is streamed. */
  private List<ObjectNode> parts(Call call, Script script, boolean inPieces) {
    List<ObjectNode> parts = new ArrayList<>();
    JsonNode config = either(call.body(), "generationConfig", "generation_config");
    JsonNode thinking = either(config, "thinkingConfig", "thinking_config");
    if (either(thinking, "includeThoughts", "include_thoughts").asBoolean(false)) {
      Pieces.inParts(script.reasoning(), inPieces ? 4 : 1)
          .forEach(piece -> parts.add(Trees.object("text", piece, "thought", true)));
    }
    List<String> texts =
        inPieces ? Pieces.ofText(script.text(), call.faults()) : List.of(script.text());
    for (String piece : texts) {
      if (!piece.isEmpty() || script.calls().isEmpty()) {
        parts.add(Trees.object("text", piece));
      }
    }
    boolean signed = script.reasoning().isEmpty();
    for (ToolUse use : script.calls()) {
      ObjectNode part =
          Trees.object(
              "functionCall",
              Trees.object(
                  "name",
                  use.name(),
                  "args",
                  MessagesSimulation.input(use.arguments()),
                  "id",
                  ids.next("call_")));
      // Google signs the first of parallel calls only.
      if (!signed) {
        Trees.put(part, "thoughtSignature", Sight.seal(SEAL, script.reasoning()));
        signed = true;
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      parts.add(Trees.object("text", ""));
    }
    if (!signed) {
      Trees.put(parts.getLast(), "thoughtSignature", Sight.seal(SEAL, script.reasoning()));
    }
    return parts;
  }

  private static String finish(Script script) {
    return script.cutShort() ? "MAX_TOKENS" : "STOP";
  }

  private static ObjectNode chunk(
      Call call, String id, ArrayNode parts, @Nullable String finish, ObjectNode counts) {
    ObjectNode candidate =
        Trees.object("content", Trees.object("parts", parts, "role", "model"), "index", 0);
    if (finish != null) {
      Trees.put(candidate, "finishReason", finish);
    }
    ObjectNode chunk = Trees.object("candidates", Trees.array(candidate));
    if (!call.faults().on(Fault.NO_USAGE)) {
      chunk.set("usageMetadata", counts);
    }
    Trees.put(chunk, "modelVersion", call.model());
    Trees.put(chunk, "responseId", id);
    return chunk;
  }

  /**
   * Google's way of counting: the prompt has what came from the cache in it; the candidates have
   * not what was thought; what the provider's own tools read is extra.
   */
  private static ObjectNode counts(Usage usage, long text) {
    long prompt = usage.input() - usage.toolPrompt();
    ObjectNode counts =
        Trees.object(
            "promptTokenCount",
            prompt,
            "candidatesTokenCount",
            text,
            "totalTokenCount",
            usage.input() + usage.outputReasoning() + text,
            "promptTokensDetails",
            modality(prompt));
    if (usage.cacheRead() > 0) {
      Trees.put(counts, "cachedContentTokenCount", usage.cacheRead());
      counts.set("cacheTokensDetails", modality(usage.cacheRead()));
    }
    if (usage.outputReasoning() > 0) {
      Trees.put(counts, "thoughtsTokenCount", usage.outputReasoning());
    }
    if (usage.toolPrompt() > 0) {
      Trees.put(counts, "toolUsePromptTokenCount", usage.toolPrompt());
    }
    return counts;
  }

  static ArrayNode modality(long tokens) {
    return Trees.array(Trees.object("modality", "TEXT", "tokenCount", tokens));
  }
}
