package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.AnthropicWords.wrong;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What Anthropic refuses of the order of messages: calls of tools and their results go in pairs.
 */
final class MessagesTurnRules {
  private MessagesTurnRules() {}

  /** Neighbours of one role are one turn. */
  private record Turn(int at, String role, List<JsonNode> blocks) {}

  static void check(JsonNode messages) {
    List<Turn> turns = turns(messages);
    if (!turns.getFirst().role.equals("user")) {
      throw wrong("messages", "first message must use the \"user\" role");
    }
    Set<String> all = new HashSet<>();
    Set<String> open = new LinkedHashSet<>();
    for (Turn turn : turns) {
      results(turn, open);
      if (!open.isEmpty()) {
        throw unanswered(turn.at - 1, open);
      }
      for (JsonNode block : turn.blocks) {
        if (type(block).equals("tool_use")) {
          String id = block.path("id").asString("");
          open.add(id);
          if (!all.add(id)) {
            throw wrong("messages." + turn.at, "`tool_use` ids must be unique");
          }
        }
      }
    }
    if (!open.isEmpty()) {
      throw unanswered(turns.getLast().at, open);
    }
  }

  private static List<Turn> turns(JsonNode messages) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String role = messages.get(i).path("role").asString("");
      if (role.equals("system")) {
        continue;
      }
      if (turns.isEmpty() || !turns.getLast().role.equals(role)) {
        turns.add(new Turn(i, role, new ArrayList<>()));
      }
      JsonNode content = messages.get(i).path("content");
      if (content.isArray()) {
        content.forEach(turns.getLast().blocks::add);
      } else {
        turns.getLast().blocks.add(content);
      }
    }
    if (turns.isEmpty()) {
      throw wrong("messages", "at least one message is required");
    }
    return turns;
  }

  /** Takes away what is answered: by results that nothing stands before. */
  private static void results(Turn turn, Set<String> open) {
    boolean other = false;
    for (int i = 0; i < turn.blocks.size(); i++) {
      JsonNode block = turn.blocks.get(i);
      if (!type(block).equals("tool_result")) {
        other = true;
        continue;
      }
      String id = block.path("tool_use_id").asString("");
      if (other && open.contains(id)) {
        throw unanswered(turn.at - 1, open);
      }
      if (!open.remove(id)) {
        throw wrong(
            "messages." + turn.at + ".content." + i,
            "unexpected `tool_use_id` found in `tool_result` blocks: "
                + id
                + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                + " previous message.");
      }
    }
  }

  private static Rejection unanswered(int at, Set<String> ids) {
    return wrong(
        "messages." + at,
        "`tool_use` ids were found without `tool_result` blocks immediately after: "
            + String.join(", ", ids)
            + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
            + " message.");
  }

  static String type(JsonNode block) {
    return block.path("type").asString("");
  }
}
