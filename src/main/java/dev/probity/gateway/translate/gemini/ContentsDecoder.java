package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/** Reads contents. Like Google's parser it takes a single thing where a list may stand. */
final class ContentsDecoder {
  private final Losses losses;
  private final CallIds calls;

  /**
   * @param fragments whether results may come without their calls
   */
  ContentsDecoder(Losses losses, boolean fragments) {
    this.losses = losses;
    this.calls = new CallIds(fragments);
  }

  List<Turn> turns(RawJson contents) throws MalformedJson, Untranslatable {
    if (!contents.isArray()) {
      return joined(List.of(turn(contents, 0)));
    }
    List<Turn> turns = new ArrayList<>();
    JsonCursor json = contents.cursor();
    json.enterArray();
    while (json.nextElement()) {
      turns.add(turn(json.raw(), turns.size()));
    }
    return joined(turns);
  }

  /** The model's contents in a row are one turn. */
  private static List<Turn> joined(List<Turn> contents) {
    List<Turn> turns = new ArrayList<>(contents.size());
    for (int i = 0; i < contents.size(); i++) {
      if (contents.get(i).role() != Role.ASSISTANT) {
        turns.add(contents.get(i));
        continue;
      }
      ModelTurn model = new ModelTurn();
      model.add(contents.get(i).parts());
      while (i + 1 < contents.size() && contents.get(i + 1).role() == Role.ASSISTANT) {
        i++;
        model.add(contents.get(i).parts());
      }
      turns.add(new Turn(Role.ASSISTANT, model.parts()));
    }
    return turns;
  }

  /** A system instruction: a content, or just its text. */
  List<Part> instructions(RawJson content) throws MalformedJson, Untranslatable {
    return content.isString()
        ? List.of(Part.Text.of(content.cursor().text()))
        : turn(content, -1).parts();
  }

  private Turn turn(RawJson content, int place) throws MalformedJson, Untranslatable {
    Role role = Role.USER;
    List<Part> parts = new ArrayList<>();
    JsonCursor json = content.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "role" -> role = place < 0 ? Role.USER : role(json.textOr(RawText.EMPTY));
        case "parts" -> {
          if (!json.skipNull()) {
            parts(json.raw(), new PartDecoder(calls, losses, parts, place));
          }
        }
        default -> json.skip();
      }
    }
    return new Turn(role, parts);
  }

  private static void parts(RawJson parts, PartDecoder decoder)
      throws MalformedJson, Untranslatable {
    if (!parts.isArray()) {
      decoder.read(parts);
      return;
    }
    JsonCursor json = parts.cursor();
    json.enterArray();
    while (json.nextElement()) {
      decoder.read(json.raw());
    }
  }

  private static Role role(RawText role) throws Untranslatable {
    return switch (role.plain()) {
      case "", "user", "function", "tool" -> Role.USER;
      case "model" -> Role.ASSISTANT;
      case "system" -> Role.SYSTEM;
      default ->
          throw Untranslatable.request(
              "invalid_role", "A content has a role that is unknown. Use \"user\" or \"model\".");
    };
  }
}
