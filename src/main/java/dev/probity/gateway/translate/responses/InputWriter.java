package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.output.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the conversation as items, into an array that has begun. */
final class InputWriter {
  private static final String DEVELOPER = "developer";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final JsonWriter out;
  private final Losses losses;
  private final ToolNames names;
  private final ContentWriter contents;
  private final CallIds ids = new CallIds();

  /** Whose message has begun; empty if none has. */
  private String open = "";

  InputWriter(JsonWriter out, Losses losses, ToolNames names) {
    this.out = out;
    this.losses = losses;
    this.names = names;
    this.contents = new ContentWriter(out, losses);
  }

  /** What the developer says in several parts, or in other than text. */
  void instructions(List<Part> parts) throws Untranslatable {
    said(DEVELOPER, parts);
  }

  void turns(List<Turn> turns) throws Untranslatable {
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      switch (turn.role()) {
        case USER -> said(USER, turn.parts());
        case SYSTEM -> said(DEVELOPER, turn.parts());
        case ASSISTANT -> {
          List<Part> parts = new ArrayList<>(turn.parts());
          while (i + 1 < turns.size() && turns.get(i + 1).role() == Role.ASSISTANT) {
            i++;
            parts.addAll(turns.get(i).parts());
          }
          answered(parts);
        }
      }
    }
  }

  private void said(String role, List<Part> parts) throws Untranslatable {
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> {
          message(role);
          contents.said(text);
        }
        case Part.Media media -> {
          message(role);
          contents.media(media);
        }
        case Part.ToolResult result -> {
          closeMessage();
          result(result);
        }
        case Part.Foreign foreign -> {
          closeMessage();
          foreign(foreign);
        }
        case Part.Declined declined -> {
          message(role);
          contents.text("input_text", declined.text());
        }
        case Part.Thought _, Part.ToolCall _ ->
            throw Untranslatable.request(
                "invalid_conversation", "Only the model's own turns can hold thoughts and calls.");
      }
    }
    closeMessage();
  }

  private void answered(List<Part> parts) throws Untranslatable {
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Text text -> {
          message(ASSISTANT);
          contents.answered(text);
          proof(text.proof());
        }
        case Part.Declined declined -> {
          message(ASSISTANT);
          contents.declined(declined);
        }
        case Part.Thought thought -> {
          closeMessage();
          thought(thought, parts.subList(i + 1, parts.size()));
        }
        case Part.ToolCall call -> {
          closeMessage();
          call(call);
        }
        case Part.Foreign foreign -> {
          closeMessage();
          foreign(foreign);
        }
        // No item of the model's holds a medium or a result.
        case Part.Media _ -> losses.add(Loss.DROPPED, "assistant_media");
        case Part.ToolResult result -> {
          closeMessage();
          result(result);
        }
      }
    }
    closeMessage();
  }

  private void message(String role) {
    if (open.equals(role)) {
      return;
    }
    closeMessage();
    out.beginObject().member("type", "message").member("role", role).name("content").beginArray();
    open = role;
  }

  private void closeMessage() {
    if (!open.isEmpty()) {
      out.endArray().endObject();
      open = "";
    }
  }

  /** OpenAI wants to see its own thoughts again, each with what came of it, and nobody else's. */
  private void thought(Part.Thought thought, List<Part> after) {
    Optional<Proof> proof = thought.proof().filter(InputWriter::isOwn);
    if (proof.isEmpty() || !hasConsequence(after)) {
      losses.add(Loss.REASONING_HISTORY);
      return;
    }
    out.beginObject().member("type", "reasoning");
    if (!proof.get().id().isEmpty()) {
      out.member("id", proof.get().id());
    }
    out.name("summary").beginArray();
    if (!thought.text().isEmpty()) {
      contents.text("summary_text", thought.text());
    }
    out.endArray().member("encrypted_content", proof.get().value()).endObject();
  }

  private static boolean hasConsequence(List<Part> after) {
    for (Part part : after) {
      switch (part) {
        case Part.Text _, Part.Declined _, Part.ToolCall _ -> {
          return true;
        }
        case Part.Foreign foreign -> {
          if (foreign.origin() == Dialect.RESPONSES) {
            return true;
          }
        }
        case Part.Thought _, Part.Media _, Part.ToolResult _ -> {}
      }
    }
    return false;
  }

  private void call(Part.ToolCall call) {
    contents.mark(call.cache());
    proof(call.proof());
    out.beginObject()
        .member("type", call.freeform() ? "custom_tool_call" : "function_call")
        .member("call_id", ids.of(call));
    names.write(call.name(), out);
    out.name(call.freeform() ? "input" : "arguments").beginText();
    Optional<RawText> text = call.input().text();
    if (text.isPresent()) {
      out.piece(text.get());
    } else {
      out.piece(call.input());
    }
    out.endText().endObject();
  }

  private void proof(Optional<Proof> proof) {
    if (proof.isPresent() && !isOwn(proof.get())) {
      losses.add(Loss.REASONING_HISTORY);
    }
  }

  private static boolean isOwn(Proof proof) {
    return proof.origin() == Dialect.RESPONSES;
  }

  private void result(Part.ToolResult result) throws Untranslatable {
    contents.mark(result.cache());
    out.beginObject()
        .member("type", result.freeform() ? "custom_tool_call_output" : "function_call_output")
        .member("call_id", ids.of(result))
        .name("output");
    Optional<RawJson> structured = result.structured();
    List<Part> content = result.content();
    if (structured.isPresent()) {
      out.beginText().piece(error(result)).piece(structured.get()).endText();
    } else if (content.isEmpty()) {
      out.value(error(result));
    } else if (content.size() == 1 && content.getFirst() instanceof Part.Text text) {
      contents.mark(text.cache());
      out.beginText().piece(error(result)).piece(text.text()).endText();
    } else {
      parts(result);
    }
    out.endObject();
  }

  private void parts(Part.ToolResult result) throws Untranslatable {
    out.beginArray();
    String error = error(result);
    if (!error.isEmpty()) {
      contents.text("input_text", RawText.of(error.strip()));
    }
    for (Part part : result.content()) {
      switch (part) {
        case Part.Text text -> contents.said(text);
        case Part.Media media -> contents.media(media);
        default -> losses.add(Loss.SERVER_TOOL_HISTORY);
      }
    }
    out.endArray();
  }

  private String error(Part.ToolResult result) {
    if (!result.isError()) {
      return "";
    }
    losses.add(Loss.TOOL_ERROR_MARK);
    return "Error: ";
  }

  private void foreign(Part.Foreign foreign) {
    if (foreign.origin() == Dialect.RESPONSES) {
      out.value(foreign.block());
    } else {
      losses.add(Loss.SERVER_TOOL_HISTORY);
    }
  }
}
