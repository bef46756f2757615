package dev.probity.gateway.translate.counting;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes something that every vendor counts of a piece of a conversation: of a tool's result without
 * its call just what the tool gave.
 */
final class Fragments {
  private Fragments() {}

  static List<Turn> whole(List<Turn> turns) {
    Set<RawText> calls = new HashSet<>();
    List<Turn> whole = new ArrayList<>(turns.size());
    for (Turn turn : turns) {
      List<Part> parts = new ArrayList<>(turn.parts().size());
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          calls.add(call.id());
        }
        if (part instanceof Part.ToolResult result && !calls.contains(result.id())) {
          result.structured().ifPresent(json -> parts.add(Part.Text.of(json.asText())));
          parts.addAll(result.content());
        } else {
          parts.add(part);
        }
      }
      whole.add(new Turn(turn.role(), parts));
    }
    return whole;
  }
}
