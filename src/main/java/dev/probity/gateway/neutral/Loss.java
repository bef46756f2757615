package dev.probity.gateway.neutral;

import java.util.Locale;

/** The degradations there are; {@code docs/reference/dialects.md} is written from them. */
public enum Loss {
  DROPPED("A member that the provider's format has no place for was left out."),
  UNKNOWN("A member that Probity does not know was left out."),
  CLAMPED("A number was brought into the range that the provider takes."),
  CACHE_MARK("Marks for prompt caching were left out: the provider caches by itself."),
  REASONING_HISTORY("Earlier thoughts were left out: only their own vendor can read them."),
  REASONING_EFFORT("How much to think was carried over to the nearest that the provider knows."),
  REASONING_OFF(
      "The model thinks less or not at all, as earlier thoughts that it wants to see are missing."),
  SYSTEM_IN_CONVERSATION("A system message amid the conversation was said as the user's."),
  TURN_ADDED("Words of the user's were added where the provider wants some: \"Continue.\""),
  STRICT("Inputs of tools may stray from their schema: the provider has no strict mode."),
  SCHEMA("Parts of a schema that the provider does not know were left out of it."),
  FORMAT_BY_INSTRUCTION(
      "The answer's format was asked for in words: the provider has no mode for it."),
  FREEFORM_TOOL("A tool that takes plain text is offered as one with a single text input."),
  TOOL_CHOICE("Which tools may be chosen was carried over to the nearest that the provider knows."),
  SERVER_TOOL("A tool that only its vendor can run was left out."),
  SERVER_TOOL_HISTORY("What a vendor's own tool did earlier was left out or told as text."),
  CITATIONS("Citations were left out or carried over in part."),
  MEDIA_IN_TOOL_RESULT("An image or document in a tool's result was said beside it."),
  MEDIA_DETAIL("How closely to look at a medium was left out."),
  TOOL_RESULT_WITHOUT_CALL("A result that answers no call of the model's was said as the user's."),
  TOOL_ERROR_MARK("That a tool failed is said in the result's text.");

  private final String text = name().toLowerCase(Locale.ROOT);
  private final String meaning;

  Loss(String meaning) {
    this.meaning = meaning;
  }

  /** The stable word. */
  public String text() {
    return text;
  }

  /** One sentence. */
  public String meaning() {
    return meaning;
  }
}
