package dev.probity.gateway.translate.chat;

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
import dev.probity.gateway.translate.openai.Invalid;
import dev.probity.gateway.translate.openai.Knobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a request's messages. */
final class ChatTurns {
  private final Losses losses;
  private final List<Part> instructions = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final ChatCalls calls = new ChatCalls();

  ChatTurns(Losses losses) {
    this.losses = losses;
  }

  /** What the system or the developer says before anybody else does. */
  List<Part> instructions() {
    return instructions;
  }

  List<Turn> turns() {
    return turns;
  }

  void read(RawJson messages) throws Untranslatable, MalformedJson {
    if (messages.isNull()) {
      throw Invalid.missing("messages");
    }
    if (!messages.isArray()) {
      throw Invalid.type("messages", "an array of objects", messages);
    }
    JsonCursor cursor = messages.cursor();
    cursor.enterArray();
    int index = 0;
    while (cursor.nextElement()) {
      RawJson message = cursor.raw();
      String at = "messages[" + index + "]";
      if (!message.isObject()) {
        throw Invalid.type(at, "an object", message);
      }
      message(at, ChatMessage.read(message), index);
      index++;
    }
    if (index == 0) {
      throw Untranslatable.request(
          "empty_array", "Invalid 'messages': empty array. Send at least one message.");
    }
    calls.expectNone();
  }

  private void message(String at, ChatMessage message, int index)
      throws Untranslatable, MalformedJson {
    for (String member : message.unknown) {
      losses.add(Loss.UNKNOWN, member);
    }
    String role = Knobs.text(message.role, at + ".role").map(RawText::plain).orElse("");
    switch (role) {
      case "system", "developer" -> system(at, message);
      case "user" -> {
        calls.expectNone();
        dropName(message);
        turns.add(new Turn(Role.USER, content(at, message)));
      }
      case "assistant" -> {
        calls.expectNone();
        dropName(message);
        turns.add(new Turn(Role.ASSISTANT, assistant(at, message, index)));
      }
      case "tool" -> tool(at, message);
      case "function" -> function(at, message);
      case "" -> throw Invalid.missing(at + ".role");
      default ->
          throw Invalid.value(
              at + ".role",
              role,
              "Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and"
                  + " 'developer'.");
    }
  }

  private void dropName(ChatMessage message) {
    if (!message.name.isNull()) {
      losses.add(Loss.DROPPED, "name");
    }
  }

  private static List<Part> content(String at, ChatMessage message)
      throws Untranslatable, MalformedJson {
    List<Part> parts = new ArrayList<>(1);
    ChatParts.read(message.content, at + ".content", parts);
    return parts;
  }

  private void system(String at, ChatMessage message) throws Untranslatable, MalformedJson {
    dropName(message);
    List<Part> parts = content(at, message);
    if (turns.isEmpty()) {
      instructions.addAll(parts);
    } else {
      turns.add(new Turn(Role.SYSTEM, parts));
    }
  }

  private List<Part> assistant(String at, ChatMessage message, int index)
      throws Untranslatable, MalformedJson {
    List<Part> parts = new ArrayList<>();
    ChatThoughts.read(message, parts);
    boolean calling = !message.toolCalls.isNull() || !message.functionCall.isNull();
    boolean silent =
        message.content.isNull()
            || calling && message.content.text().filter(RawText::isEmpty).isPresent();
    if (!silent) {
      ChatParts.read(message.content, at + ".content", parts);
    }
    Knobs.text(message.refusal, at + ".refusal").map(Part.Declined::new).ifPresent(parts::add);
    if (message.audio.isObject()) {
      parts.add(new Part.Foreign(Dialect.CHAT, "audio", message.audio));
    }
    if (message.annotations.isArray() && message.annotations.length() > 2) {
      losses.add(Loss.CITATIONS);
    }
    if (message.toolCalls.isArray()) {
      JsonCursor cursor = message.toolCalls.cursor();
      cursor.enterArray();
      for (int i = 0; cursor.nextElement(); i++) {
        call(ChatCall.read(cursor.raw()), at + ".tool_calls[" + i + "]", parts);
      }
    } else if (!message.toolCalls.isNull()) {
      throw Invalid.type(at + ".tool_calls", "an array of objects", message.toolCalls);
    }
    if (message.functionCall.isObject()) {
      ChatCall call = ChatCall.readFunction(message.functionCall);
      call.id = RawText.of("call_" + index);
      call(call, at + ".function_call", parts);
    }
    return parts;
  }

  private void call(ChatCall call, String at, List<Part> parts) throws Untranslatable {
    if (call.name.isEmpty()) {
      throw Invalid.missing(at + (call.freeform ? ".custom.name" : ".function.name"));
    }
    if (call.id.isEmpty()) {
      throw Invalid.missing(at + ".id");
    }
    calls.ask(call.id, call.name, call.freeform);
    parts.add(call.toPart());
  }

  private void tool(String at, ChatMessage message) throws Untranslatable, MalformedJson {
    RawText id =
        Knobs.text(message.toolCallId, at + ".tool_call_id")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> Invalid.missing(at + ".tool_call_id"));
    result(calls.answer(id, RawText.EMPTY), content(at, message));
  }

  private void function(String at, ChatMessage message) throws Untranslatable, MalformedJson {
    RawText name =
        Knobs.text(message.name, at + ".name").orElseThrow(() -> Invalid.missing(at + ".name"));
    List<Part> content = message.content.isNull() ? List.of() : content(at, message);
    result(calls.answer(RawText.EMPTY, name), content);
  }

  private void result(ChatCalls.Asked call, List<Part> content) {
    Part result =
        new Part.ToolResult(
            call.id(),
            Optional.of(call.name()),
            content,
            Optional.empty(),
            false,
            call.freeform(),
            CacheMark.NONE);
    // The results of one round are one turn.
    if (!turns.isEmpty() && turns.getLast().role() == Role.USER && isResults(turns.getLast())) {
      turns.getLast().parts().add(result);
    } else {
      List<Part> results = new ArrayList<>();
      results.add(result);
      turns.add(new Turn(Role.USER, results));
    }
  }

  private static boolean isResults(Turn turn) {
    return turn.parts().stream().allMatch(Part.ToolResult.class::isInstance);
  }
}
