package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a request to make a conversation short ({@code POST /v1/responses/compact}) as one that
 * asks the model for a summary of it. {@link
 * dev.probity.gateway.translate.responses.compaction.CompactionDocumentEncoder} writes the answer.
 */
public final class CompactionPrompt implements RequestDecoder {
  private static final String ASK =
      """
      Stop here and write a handover, because everything above will be forgotten and only your \
      next message will be kept. Whoever goes on with this work will read it in place of the \
      conversation, so leave out nothing that they would need:
      - what the user wants, in their own words where these matter, and what they have ruled out;
      - what was done and found out, with the names of files, functions, commands and values;
      - what was decided, and why;
      - what failed, and what is known about the cause;
      - what is left to do, beginning with the very next step.
      Write plain prose or lists, in the user's language. Call no tools. Do not greet, do not \
      comment on this request: the handover is all that you write.\
      """;

  private final ResponsesRequestDecoder requests;

  /**
   * @param requests reads the conversation, of which earlier summaries can be part
   */
  public CompactionPrompt(ResponsesRequestDecoder requests) {
    this.requests = requests;
  }

  /** How a summary is told to the model that goes on with it. */
  static String introduced(String summary) {
    return "The conversation up to here was replaced by this summary of it. Go on from where it"
        + " ends.\n\n"
        + summary;
  }

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    Prompt asked = requests.decode(body, losses);
    if (asked.turns().isEmpty()) {
      throw Untranslatable.request(
          "missing_required_parameter", "There is nothing in 'input' that could be compacted.");
    }
    List<Turn> turns = new ArrayList<>(asked.turns());
    turns.add(new Turn(Role.USER, List.of(Part.Text.of(RawText.of(ASK)))));
    Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : List.of(Knob.CACHE_KEY, Knob.SERVICE_TIER, Knob.END_USER)) {
      RawJson value = asked.knobs().get(knob);
      if (value != null) {
        knobs.put(knob, value);
      }
    }
    List<Tool> tools = asked.tools().isEmpty() ? called(turns) : asked.tools();
    return new Prompt(
        asked.instructions(),
        List.copyOf(turns),
        tools,
        tools.isEmpty()
            ? ToolChoice.UNSAID
            : new ToolChoice(ToolChoice.Mode.NONE, List.of(), Optional.empty()),
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        knobs,
        asked.rest());
  }

  /** Some providers take no calls in a conversation whose tools they are not shown. */
  private static List<Tool> called(List<Turn> turns) {
    List<Tool> tools = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Turn turn : turns) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call && !names.contains(call.name().plain())) {
          names.add(call.name().plain());
          tools.add(
              call.freeform()
                  ? new Tool.Custom(call.name(), Optional.empty(), Optional.empty())
                  : new Tool.Function(
                      call.name(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      CacheMark.NONE,
                      Map.of()));
        }
      }
    }
    return List.copyOf(tools);
  }
}
