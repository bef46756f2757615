package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of a conversation or of an answer, or a piece of one ({@code delta}), taken apart but
 * not yet read. What it lacks is JSON's null.
 */
final class ChatMessage {
  RawJson role = RawJson.NULL;
  RawJson content = RawJson.NULL;
  RawJson name = RawJson.NULL;
  RawJson refusal = RawJson.NULL;
  RawJson toolCalls = RawJson.NULL;
  RawJson toolCallId = RawJson.NULL;
  RawJson functionCall = RawJson.NULL;
  RawJson audio = RawJson.NULL;
  RawJson annotations = RawJson.NULL;
  RawJson reasoningContent = RawJson.NULL;
  RawJson reasoning = RawJson.NULL;
  RawJson reasoningDetails = RawJson.NULL;

  /** Names of members that nobody knows here. */
  final List<String> unknown = new ArrayList<>(0);

  static ChatMessage read(RawJson json) throws MalformedJson {
    ChatMessage message = new ChatMessage();
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      message.take(name, cursor.raw());
    }
    return message;
  }

  private void take(String member, RawJson value) {
    switch (member) {
      case "role" -> role = value;
      case "content" -> content = value;
      case "name" -> name = value;
      case "refusal" -> refusal = value;
      case "tool_calls" -> toolCalls = value;
      case "tool_call_id" -> toolCallId = value;
      case "function_call" -> functionCall = value;
      case "audio" -> audio = value;
      case "annotations" -> annotations = value;
      case "reasoning_content" -> reasoningContent = value;
      case "reasoning" -> reasoning = value;
      case "reasoning_details" -> reasoningDetails = value;
      // What OpenAI's SDK made of the content; it says nothing that the content does not.
      case "parsed" -> {}
      default -> {
        if (!value.isNull()) {
          unknown.add(member);
        }
      }
    }
  }
}
