package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.compaction.Sealing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code input}: the conversation so far, item by item. */
final class InputReader {
  /** Items of OpenAI's own tools, which no other dialect has. */
  private static final Set<String> FOREIGN =
      Set.of(
          "apply_patch_call",
          "apply_patch_call_output",
          "code_interpreter_call",
          "computer_call",
          "computer_call_output",
          "configuration_update",
          "file_search_call",
          "image_generation_call",
          "local_shell_call",
          "local_shell_call_output",
          "mcp_approval_request",
          "mcp_approval_response",
          "mcp_call",
          "mcp_list_tools",
          "program",
          "program_output",
          "shell_call",
          "shell_call_output",
          "tool_search_call",
          "tool_search_output",
          "web_search_call");

  private final Sealing sealing;
  private final Losses losses;
  private final ContentReader contents;
  private final ToolReader tools;
  private final List<Part> instructions;
  private final CarriedProofs proofs = new CarriedProofs();
  private final List<Turn> turns = new ArrayList<>();
  private final Set<String> called = new LinkedHashSet<>();
  private final Set<String> answered = new LinkedHashSet<>();

  /**
   * @param tools gets tools that the conversation adds
   * @param instructions gets what the developer says before the first turn
   */
  InputReader(Sealing sealing, Losses losses, ToolReader tools, List<Part> instructions) {
    this.sealing = sealing;
    this.losses = losses;
    this.contents = new ContentReader(losses);
    this.tools = tools;
    this.instructions = instructions;
  }

  /** The turns, in order. */
  List<Turn> read(RawJson input) throws Untranslatable, MalformedJson {
    Optional<RawText> text = input.text();
    if (text.isPresent()) {
      return List.of(new Turn(Role.USER, List.of(Part.Text.of(text.get()))));
    }
    JsonCursor cursor = input.cursor();
    cursor.enterArray();
    while (cursor.nextElement()) {
      item(ItemFields.read(cursor.raw()));
    }
    for (String call : called) {
      if (!answered.contains(call)) {
        throw Untranslatable.request(
            "tool_output_missing", "No tool output found for function call " + call + ".");
      }
    }
    if (proofs.areLeft()) {
      losses.add(Loss.REASONING_HISTORY);
    }
    turns.removeIf(turn -> turn.parts().isEmpty());
    return List.copyOf(turns);
  }

  private void item(ItemFields item) throws Untranslatable, MalformedJson {
    switch (item.type()) {
      case "message" -> message(item);
      case "reasoning" -> reasoning(item);
      case "function_call", "custom_tool_call" -> call(item);
      case "function_call_output", "custom_tool_call_output" -> result(item);
      case "additional_tools" -> tools.readAll(item.tools().cursor());
      case "compaction", "compaction_summary" -> compaction(item);
      case "item_reference" ->
          throw Untranslatable.request(
              "item_reference_not_supported",
              "The model of this request is not served by who stored the item '"
                  + item.id()
                  + "'. Send the item itself in place of 'item_reference'.");
      case "compaction_trigger" ->
          throw Untranslatable.request(
              "compaction_trigger_not_supported",
              "The model of this request has no compaction within a response. Post the"
                  + " conversation to /v1/responses/compact instead.");
      default -> foreign(item);
    }
  }

  private void message(ItemFields item) throws Untranslatable, MalformedJson {
    switch (item.role()) {
      case "user" -> contents.read(item.content(), begin(Role.USER)::add);
      case "assistant" -> {
        List<Part> parts = assistant();
        contents.read(item.content(), parts::add);
        proofs.said(item.id(), parts);
      }
      case "system", "developer" -> system(item.content());
      default ->
          throw Untranslatable.request(
              "invalid_value",
              "Invalid value: '"
                  + item.role()
                  + "' as the role of a message. Supported values are: 'assistant', 'system',"
                  + " 'developer', and 'user'.");
    }
  }

  private void system(RawJson content) throws Untranslatable, MalformedJson {
    contents.read(content, (turns.isEmpty() ? instructions : begin(Role.SYSTEM))::add);
  }

  private void reasoning(ItemFields item) throws Untranslatable, MalformedJson {
    RawText text = item.thought();
    RawText encrypted = item.encryptedContent();
    if (encrypted.isEmpty()) {
      if (text.isEmpty()) {
        // Only its id is known: the thought itself is with who stored it.
        losses.add(Loss.REASONING_HISTORY);
      } else {
        assistant().add(new Part.Thought(text, Optional.empty()));
      }
      return;
    }
    Optional<Part> thought = proofs.read(text, encrypted, item.id());
    if (thought.isPresent()) {
      assistant().add(thought.get());
    }
  }

  private void call(ItemFields item) throws Untranslatable, MalformedJson {
    boolean freeform = item.type().startsWith("custom");
    RawText given =
        (freeform ? item.input() : item.arguments())
            .orElseThrow(() -> missing(freeform ? "input" : "arguments", item));
    if (item.callId().isEmpty()) {
      throw missing("call_id", item);
    }
    if (item.toolName().isEmpty()) {
      throw missing("name", item);
    }
    called.add(item.callId().plain());
    List<Part> parts = assistant();
    parts.add(
        new Part.ToolCall(
            item.callId(),
            item.toolName(),
            freeform ? given.quoted() : Values.input(given),
            freeform,
            Optional.empty(),
            CacheMark.NONE));
    proofs.called(item.callId(), parts);
  }

  private void result(ItemFields item) throws Untranslatable, MalformedJson {
    List<Part> content = new ArrayList<>(1);
    contents.read(item.output(), content::add);
    if (item.callId().isEmpty()) {
      // The client's own tool reports by itself: nothing was called.
      losses.add(Loss.TOOL_RESULT_WITHOUT_CALL);
      begin(Role.USER).addAll(content);
      return;
    }
    String call = item.callId().plain();
    if (!called.contains(call)) {
      throw Untranslatable.request(
          "tool_call_missing",
          "No tool call found for function call output with call_id " + call + ".");
    }
    answered.add(call);
    results()
        .add(
            new Part.ToolResult(
                item.callId(),
                item.toolName().isEmpty() ? Optional.empty() : Optional.of(item.toolName()),
                List.copyOf(content),
                Optional.empty(),
                false,
                item.type().startsWith("custom"),
                CacheMark.NONE));
  }

  private void compaction(ItemFields item) throws Untranslatable {
    RawText summary =
        sealing
            .summary(item.encryptedContent())
            .orElseThrow(() ->
                Untranslatable.request(
                    "invalid_encrypted_content",
                    "The compaction item was made by another model's vendor, and only that"
                        + " vendor can read it. Send the conversation itself, or compact it with"
                        + " the model of this request."));
    begin(Role.USER).add(Part.Text.of(RawText.of(CompactionPrompt.introduced(summary.plain()))));
  }

  private void foreign(ItemFields item) throws Untranslatable {
    String type = item.type();
    if (!FOREIGN.contains(type)) {
      throw Untranslatable.request(
          "invalid_value",
          "Invalid value: '" + type + "' as the type of an item in 'input'. Leave it out.");
    }
    boolean users = type.endsWith("_output") || type.equals("mcp_approval_response");
    List<Part> parts = users ? results() : assistant();
    parts.add(new Part.Foreign(Dialect.RESPONSES, type, item.json()));
  }

  private List<Part> begin(Role role) {
    List<Part> parts = new ArrayList<>();
    turns.add(new Turn(role, parts));
    return parts;
  }

  /** What the model says and does in one go is one turn. */
  private List<Part> assistant() {
    return !turns.isEmpty() && turns.getLast().role() == Role.ASSISTANT
        ? turns.getLast().parts()
        : begin(Role.ASSISTANT);
  }

  /** Results of calls that were made at once stand in one turn. */
  private List<Part> results() {
    if (!turns.isEmpty() && turns.getLast().role() == Role.USER) {
      List<Part> last = turns.getLast().parts();
      if (!last.isEmpty() && last.getLast() instanceof Part.ToolResult) {
        return last;
      }
    }
    return begin(Role.USER);
  }

  private static Untranslatable missing(String member, ItemFields item) {
    return Untranslatable.request(
        "missing_required_parameter",
        "Missing required parameter: '" + member + "' of an item of type '" + item.type() + "'.");
  }
}
