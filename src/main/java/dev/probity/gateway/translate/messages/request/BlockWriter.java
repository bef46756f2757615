package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.messages.request.Conversation.Message;
import java.util.List;

/** Writes the blocks of messages. */
final class BlockWriter {
  private final JsonWriter out;
  private final CacheMarks marks;
  private final Losses losses;

  BlockWriter(JsonWriter out, CacheMarks marks, Losses losses) {
    this.out = out;
    this.marks = marks;
    this.losses = losses;
  }

  /** What the system says, as an array of its blocks. */
  void system(List<Part> parts) throws Untranslatable {
    out.name("system").beginArray();
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i) instanceof Part.Text)) {
        throw Untranslatable.request(
            "unsupported_instructions",
            "Claude's instructions can only be text. Send images and documents in a message of"
                + " the user's.");
      }
      block(parts.get(i), i == parts.size() - 1);
    }
    out.endArray();
  }

  void messages(List<Message> messages) throws Untranslatable {
    int firstMarked = marks.firstMarked(messages);
    out.name("messages").beginArray();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      out.beginObject()
          .member("role", message.role() == Role.USER ? "user" : "assistant")
          .name("content")
          .beginArray();
      List<Part> parts = message.all();
      boolean marked = message.isUser() && i >= firstMarked;
      for (int k = 0; k < parts.size(); k++) {
        block(parts.get(k), marked && k == parts.size() - 1);
      }
      out.endArray().endObject();
    }
    out.endArray();
  }

  /**
   * @param last whether a mark belongs here where the client can't set any
   */
  private void block(Part part, boolean last) throws Untranslatable {
    if (part instanceof Part.Foreign foreign) {
      out.value(foreign.block());
      return;
    }
    out.beginObject();
    switch (part) {
      case Part.Text text -> out.member("type", "text").member("text", text.text());
      case Part.Media media -> MediaWriter.write(media, out, losses);
      case Part.Thought thought -> thought(thought);
      case Part.ToolCall call -> call(call);
      case Part.ToolResult result -> result(result);
      case Part.Declined declined -> out.member("type", "text").member("text", declined.text());
      case Part.Foreign _ -> {}
    }
    if (!(part instanceof Part.Thought)) {
      CacheMarks.write(marks.mark(CacheMarks.of(part), last), out);
    }
    out.endObject();
  }

  private void thought(Part.Thought thought) {
    RawText proof = thought.proof().map(Proof::value).orElse(RawText.EMPTY);
    boolean hidden =
        thought.proof().filter(own -> own.kind() == Proof.Kind.HIDDEN_THOUGHT).isPresent();
    if (hidden) {
      out.member("type", "redacted_thinking").member("data", proof);
    } else {
      out.member("type", "thinking").member("thinking", thought.text()).member("signature", proof);
    }
  }

  private void call(Part.ToolCall call) throws Untranslatable {
    out.member("type", "tool_use")
        .member("id", call.id())
        .member("name", ToolWriter.name(call.name()))
        .name("input");
    if (call.input().isObject()) {
      out.value(call.input());
    } else if (call.freeform() && call.input().isString()) {
      out.beginObject().member(ToolWriter.FREEFORM_INPUT, call.input()).endObject();
    } else {
      throw Untranslatable.request(
          "invalid_tool_arguments",
          "The conversation has a call of the tool '"
              + call.name().plain()
              + "' with arguments that are no JSON object, which Claude can't be told. Send the"
              + " call with arguments that are, or leave it and its result out.");
    }
  }

  private void result(Part.ToolResult result) throws Untranslatable {
    out.member("type", "tool_result").member("tool_use_id", result.id());
    if (result.structured().isPresent()) {
      RawJson structured = result.structured().get();
      out.name("content").beginText().piece(structured).endText();
    } else {
      content(result.content());
    }
    if (result.isError()) {
      out.member("is_error", true);
    }
  }

  /** Without any if there is nothing in it, as an empty text is refused. */
  private void content(List<Part> parts) throws Untranslatable {
    List<Part> said =
        parts.stream()
            .filter(part -> !(part instanceof Part.Text text && text.text().isBlank()))
            .toList();
    if (said.isEmpty()) {
      return;
    }
    if (said.size() == 1
        && said.getFirst() instanceof Part.Text text
        && text.cache() == CacheMark.NONE) {
      out.member("content", text.text());
      return;
    }
    out.name("content").beginArray();
    for (Part part : said) {
      boolean known =
          switch (part) {
            case Part.Text _, Part.Declined _, Part.Media _ -> true;
            case Part.Foreign foreign -> foreign.origin() == Dialect.MESSAGES;
            case Part.Thought _, Part.ToolCall _, Part.ToolResult _ -> false;
          };
      if (!known) {
        throw Untranslatable.request(
            "unsupported_tool_result",
            "A tool's result may only hold text, images and documents for Claude.");
      }
      block(part, false);
    }
    out.endArray();
  }
}
