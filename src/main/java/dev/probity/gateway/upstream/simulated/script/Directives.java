package dev.probity.gateway.upstream.simulated.script;

import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/**
 * The little language in which a prompt says what the simulated model shall do. Each directive
 * stands anywhere in the text and ends with its line (JSON may go on over several):
 *
 * <pre>
 * simulate: tool NAME {"json": "arguments"}   call that tool; several directives: in parallel
 * simulate: run COMMAND                       call whichever shell tool the agent offers
 * simulate: read PATH                         call whichever file reading tool the agent offers
 * simulate: then                              what follows is for the model's next turn
 * simulate: say TEXT                          answer just this
 * simulate: think TEXT                        show this reasoning first
 * simulate: look                              say what media and which earlier thoughts it is shown
 * simulate: words N                           answer with so many words
 * simulate: search                            use the provider's own search
 * simulate: usage PART=N …                    report just this usage for the turn
 * </pre>
 *
 * @param turns at least one
 * @param thought the reasoning to show, if the prompt says it
 */
record Directives(List<Turn> turns, Optional<String> thought, int searches) {
  /** More turns than this are not scripted: a bound, far above any use. */
  private static final int MAX_TURNS = 1000;

  private static final int MAX_WORDS = 1_000_000;

  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "simulate:[ \\t]*(tool|run|read|then|say|look|think|words|search|usage)\\b[ \\t]*");

  /** What the model does in one turn: calls, or words. */
  record Turn(
      List<Wish> wishes, Optional<String> said, boolean looks, int words, Optional<Usage> usage) {}

  /** A call that the prompt asks for, before it is known which tools there are. */
  sealed interface Wish {
    /** A tool by its name. */
    record Call(String name, String arguments) implements Wish {}

    /** Any tool that runs a shell command. */
    record Run(String command) implements Wish {}

    /** Any tool that reads a file. */
    record Read(String path) implements Wish {}
  }

  static Directives read(String text) {
    List<Turn> turns = new ArrayList<>();
    List<Wish> wishes = new ArrayList<>();
    Optional<String> said = Optional.empty();
    Optional<String> thought = Optional.empty();
    Optional<Usage> usage = Optional.empty();
    boolean looks = false;
    int words = 0;
    int searches = 0;
    Matcher matcher = DIRECTIVE.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      from = lineEnd(text, matcher.end());
      String rest = text.substring(matcher.end(), from).strip();
      switch (matcher.group(1)) {
        case "tool" -> from = call(text, matcher.end(), wishes);
        case "run" -> wishes.add(new Wish.Run(rest));
        case "read" -> wishes.add(new Wish.Read(rest));
        case "say" -> said = Optional.of(rest);
        case "look" -> looks = true;
        case "think" -> thought = Optional.of(rest);
        case "words" -> words = number(rest);
        case "search" -> searches++;
        case "usage" -> usage = Optional.of(SaidUsage.read(rest));
        default -> {
          if (turns.size() < MAX_TURNS) {
            turns.add(new Turn(List.copyOf(wishes), said, looks, words, usage));
          }
          wishes.clear();
          said = Optional.empty();
          usage = Optional.empty();
          looks = false;
          words = 0;
        }
      }
    }
    turns.add(new Turn(List.copyOf(wishes), said, looks, words, usage));
    return new Directives(List.copyOf(turns), thought, searches);
  }

  /** The turn after so many rounds of tools; one that only speaks when the script is over. */
  Turn turn(int rounds) {
    return rounds < turns.size()
        ? turns.get(rounds)
        : new Turn(
            List.of(),
            turns.getLast().wishes().isEmpty() ? turns.getLast().said() : Optional.empty(),
            turns.getLast().wishes().isEmpty() && turns.getLast().looks(),
            turns.getLast().words(),
            Optional.empty());
  }

  /** Reads a name and its arguments; returns where they end. */
  private static int call(String text, int start, List<Wish> wishes) {
    int nameEnd = start;
    while (nameEnd < text.length() && !Character.isWhitespace(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = text.substring(start, nameEnd);
    int arguments = nameEnd;
    while (arguments < text.length() && " \t".indexOf(text.charAt(arguments)) >= 0) {
      arguments++;
    }
    if (arguments < text.length() && text.charAt(arguments) == '{') {
      try (JsonParser parser = Trees.mapper().createParser(text.substring(arguments))) {
        JsonNode json = parser.readValueAsTree();
        wishes.add(new Wish.Call(name, Trees.text(json)));
        return arguments + (int) parser.currentLocation().getCharOffset();
      } catch (JacksonException notJson) {
        // A tool that takes any text may well want an opening brace.
      }
    }
    int end = lineEnd(text, arguments);
    String rest = text.substring(arguments, end).strip();
    wishes.add(new Wish.Call(name, rest.isEmpty() ? "{}" : rest));
    return end;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int number(String text) {
    try {
      return Math.clamp(Long.parseLong(text), 0, MAX_WORDS);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
