package dev.probity.gateway.upstream.simulated.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks, in no vendor's words.
 *
 * @param ask the text of the last message that a person (or the agent for one) wrote
 * @param rounds how often the model has called tools since
 * @param resultLength characters that the last round of tools answered; -1 without any
 * @param choice empty: as the model likes; {@code none}; {@code any}; or a tool's name
 * @param reasoning whether the model may think first
 * @param schema that the answer's text must have
 * @param maxTokens of the answer; 0 for no limit
 * @param segments what the model reads, piece by piece, for counting and caching
 * @param sight what it is shown besides
 */
public record Prompt(
    String ask,
    int rounds,
    int resultLength,
    List<Offered> tools,
    String choice,
    boolean reasoning,
    Optional<JsonNode> schema,
    long maxTokens,
    Segments segments,
    Sight sight) {

  /**
   * What stands in a person's place and no person asked: an agent's reminders, its words when an
   * answer broke off, and where an image belongs that a tool gave.
   */
  private static final Pattern NOT_ASKED =
      Pattern.compile(
          "(?s)<system-reminder>.*?</system-reminder>"
              + "|^\\s*Your response above was cut off mid-stream\\..*"
              + "|^\\s*\\[?System: (?:You previously generated|Please continue).*"
              + "|^\\s*Belongs to the result of the tool [^\n]*");

  public Optional<Offered> tool(String name) {
    return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
  }

  /** Collects a prompt while a format walks its messages in order. */
  public static final class Reading {
    private final Segments segments = new Segments();
    private final List<Offered> tools = new ArrayList<>();
    private String ask = "";
    private int rounds;
    private int resultLength = -1;
    private boolean inResults;
    private String choice = "";
    private boolean reasoning;
    private Optional<JsonNode> schema = Optional.empty();
    private long maxTokens;
    private Sight sight = Sight.NOTHING;

    /** What the model reads, to be added piece by piece. */
    public Segments segments() {
      return segments;
    }

    /** What the model may call, to be added to. */
    public List<Offered> tools() {
      return tools;
    }

    public void user(String text) {
      String spoken = NOT_ASKED.matcher(text).replaceAll("").strip();
      // Nor does anybody ask with an image that a tool gave, which some formats say beside its
      // result.
      if (spoken.isEmpty() && (!text.isBlank() || inResults)) {
        return;
      }
      ask = spoken;
      rounds = 0;
      resultLength = -1;
      inResults = false;
    }

    /** The model called a tool; several calls in a row are one round. */
    public void called() {
      if (inResults || rounds == 0) {
        rounds++;
        resultLength = -1;
        inResults = false;
      }
    }

    public void result(String text) {
      resultLength = Math.max(0, resultLength) + text.length();
      inResults = true;
    }

    public void shows(Sight shown) {
      sight = shown;
    }

    public void choose(String toolOrWord) {
      choice = toolOrWord;
    }

    public void reasons(boolean wanted) {
      reasoning = wanted;
    }

    public void answersIn(JsonNode answerSchema) {
      schema = Optional.of(answerSchema);
    }

    public void limit(long tokens) {
      maxTokens = Math.max(0, tokens);
    }

    public Prompt done() {
      return new Prompt(
          ask,
          rounds,
          resultLength,
          List.copyOf(tools),
          choice,
          reasoning,
          schema,
          maxTokens,
          segments,
          sight);
    }
  }
}
