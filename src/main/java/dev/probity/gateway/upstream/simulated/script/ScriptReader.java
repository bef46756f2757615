package dev.probity.gateway.upstream.simulated.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Decides what the model does: the same request always gets the same answer. */
public final class ScriptReader {
  private static final List<String> OPENINGS =
      List.of(
          "This is a simulated answer: no model was asked.",
          "Hello from Probity's simulated model, which costs nothing and knows nothing.",
          "Simulated: a real model would think about this and then write its answer here.",
          "No provider saw this prompt; the simulated model answers in its place.");

  private static final String REASONING =
      "The simulated model weighs the question, finds that it need not know the answer, and"
          + " decides to say so in a few friendly words.";

  private ScriptReader() {}

  public static Script read(Prompt prompt, Faults faults, String model) {
    Directives directives = Directives.read(prompt.ask());
    Directives.Turn turn = directives.turn(prompt.rounds());
    List<String> missing = new ArrayList<>();
    List<ToolUse> calls = calls(prompt, turn, missing);
    String said = said(prompt, turn, calls, missing);
    String text = calls.isEmpty() ? sized(said, faults) : said;
    String reasoning = reasoning(prompt, directives, model);
    boolean cutShort = false;
    if (prompt.maxTokens() > 0) {
      reasoning = Tokens.first(reasoning, Math.max(0, prompt.maxTokens() - 1));
      String first = Tokens.first(text, prompt.maxTokens() - Tokens.of(reasoning));
      cutShort = first.length() < text.length();
      text = first;
    }
    return new Script(reasoning, text, calls, cutShort, directives.searches(), turn.usage());
  }

  private static String reasoning(Prompt prompt, Directives directives, String model) {
    boolean always = model.endsWith("simulated-thinking") || directives.thought().isPresent();
    return prompt.reasoning() || always ? directives.thought().orElse(REASONING) : "";
  }

  private static List<ToolUse> calls(Prompt prompt, Directives.Turn turn, List<String> missing) {
    List<ToolUse> calls = new ArrayList<>();
    if (prompt.choice().equals("none")) {
      return calls;
    }
    for (Directives.Wish wish : turn.wishes()) {
      switch (wish) {
        case Directives.Wish.Call call ->
            prompt
                .tool(call.name())
                .ifPresentOrElse(
                    tool -> calls.add(use(tool, call.arguments())), () -> missing.add(call.name()));
        case Directives.Wish.Run run ->
            AgentTools.run(prompt.tools(), run.command())
                .ifPresentOrElse(calls::add, () -> missing.add("a shell"));
        case Directives.Wish.Read read ->
            AgentTools.read(prompt.tools(), read.path())
                .ifPresentOrElse(calls::add, () -> missing.add("a file reader"));
      }
    }
    if (calls.isEmpty() && !prompt.tools().isEmpty()) {
      forced(prompt).ifPresent(calls::add);
    }
    return calls;
  }

  /** A client that insists on a tool gets one, with the plainest arguments that fit. */
  private static Optional<ToolUse> forced(Prompt prompt) {
    if (prompt.choice().isEmpty()) {
      return Optional.empty();
    }
    Offered tool = prompt.tool(prompt.choice()).orElse(prompt.tools().getFirst());
    return Optional.of(
        new ToolUse(
            tool, tool.freeform() ? "simulated" : Trees.text(SchemaSample.of(asObject(tool)))));
  }

  /** What most tools take is an object; a prompt that gave something else has it wrapped. */
  private static ToolUse use(Offered tool, String arguments) {
    return tool.freeform() || arguments.startsWith("{")
        ? new ToolUse(tool, arguments)
        : new ToolUse(tool, Trees.text(Trees.object("input", arguments)));
  }

  private static JsonNode asObject(Offered tool) {
    return tool.schema().isObject() && !tool.schema().isEmpty()
        ? tool.schema()
        : Trees.object("type", "object");
  }

  private static String said(
      Prompt prompt, Directives.Turn turn, List<ToolUse> calls, List<String> missing) {
    if (calls.isEmpty() && prompt.schema().isPresent()) {
      // An agent's side question, such as which model to take, quotes the directives; it must
      // still get the JSON that it asks for.
      return Trees.text(SchemaSample.of(prompt.schema().get()));
    }
    if (turn.said().isPresent()) {
      return turn.said().get();
    }
    if (turn.looks()) {
      return prompt.sight().tell();
    }
    if (!missing.isEmpty()) {
      return "The prompt asks the simulated model to use "
          + String.join(", ", missing)
          + ", which is not among the tools offered: "
          + prompt.tools().stream().map(Offered::name).toList();
    }
    if (!calls.isEmpty()) {
      return "";
    }
    if (turn.words() > 0) {
      return "simulated ".repeat(turn.words()).strip();
    }
    if (prompt.resultLength() >= 0) {
      return "Done, as far as a simulated model can tell: the tool answered with "
          + prompt.resultLength()
          + " characters.";
    }
    return echo(prompt.ask());
  }

  private static String echo(String ask) {
    String opening = OPENINGS.get(Math.floorMod(ask.hashCode(), OPENINGS.size()));
    String quoted = Tokens.first(ask.replaceAll("\\s+", " "), 30);
    return opening
        + " You wrote "
        + ask.length()
        + " characters"
        + (quoted.isEmpty()
            ? "."
            : ": \"" + quoted + (quoted.length() < ask.length() ? "…" : "") + "\".")
        + " Ask with \"simulate: tool NAME {}\" and I call a tool.";
  }

  /** The text in the size that the faults ask for. */
  private static String sized(String text, Faults faults) {
    if (faults.number(Fault.CHUNK_BYTES).isEmpty()) {
      long pieces = faults.number(Fault.CHUNKS, 0);
      return text.length() >= pieces ? text : text + filler(pieces * 8 - text.length());
    }
    if (faults.number(Fault.CHUNKS).isEmpty()) {
      return text;
    }
    return filler(faults.number(Fault.CHUNKS, 1) * faults.number(Fault.CHUNK_BYTES, 1));
  }

  private static String filler(long length) {
    String words = "simulated words ";
    return words.repeat((int) (length / words.length()) + 1).substring(0, (int) length);
  }
}
