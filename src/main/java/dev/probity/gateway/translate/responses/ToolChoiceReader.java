package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.ToolChoice.Mode;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.output.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code tool_choice} in all its shapes. */
final class ToolChoiceReader {
  private final Losses losses;

  ToolChoiceReader(Losses losses) {
    this.losses = losses;
  }

  ToolChoice read(Optional<RawJson> choice, Optional<Boolean> parallel)
      throws Untranslatable, MalformedJson {
    if (choice.isEmpty() || choice.get().isNull()) {
      return new ToolChoice(Mode.DEFAULT, List.of(), parallel);
    }
    Optional<RawText> word = choice.get().text();
    if (word.isPresent()) {
      return new ToolChoice(mode(word.get()), List.of(), parallel);
    }
    Named named = named(choice.get());
    if (named.type.equals("allowed_tools")) {
      return new ToolChoice(mode(named.mode), allowed(named.tools), parallel);
    }
    if (named.isOurs()) {
      return new ToolChoice(Mode.REQUIRED, List.of(named.name), parallel);
    }
    // One of the vendor's own tools: no other vendor can be made to run it.
    losses.add(Loss.TOOL_CHOICE);
    return new ToolChoice(Mode.AUTO, List.of(), parallel);
  }

  private static Mode mode(RawText word) throws Untranslatable {
    return switch (word.plain()) {
      case "auto" -> Mode.AUTO;
      case "none" -> Mode.NONE;
      case "required" -> Mode.REQUIRED;
      default ->
          throw Untranslatable.request(
              "invalid_value",
              "Invalid value for 'tool_choice'. Supported values are: 'none', 'auto', and"
                  + " 'required'.");
    };
  }

  private List<RawText> allowed(RawJson tools) throws MalformedJson {
    List<RawText> names = new ArrayList<>();
    JsonCursor cursor = tools.cursor();
    cursor.enterArray();
    while (cursor.nextElement()) {
      Named named = named(cursor.raw());
      if (named.isOurs()) {
        names.add(named.name);
      } else {
        losses.add(Loss.TOOL_CHOICE);
      }
    }
    return List.copyOf(names);
  }

  private record Named(String type, RawText name, RawText mode, RawJson tools) {
    boolean isOurs() {
      return !name.isEmpty() && (type.equals("function") || type.equals("custom"));
    }
  }

  private static Named named(RawJson json) throws MalformedJson {
    String type = "";
    RawText name = RawText.EMPTY;
    RawText namespace = RawText.EMPTY;
    RawText mode = RawText.EMPTY;
    RawJson tools = RawJson.EMPTY_ARRAY;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.text().plain();
        case "name" -> name = Values.textOrEmpty(cursor);
        case "namespace" -> namespace = Values.textOrEmpty(cursor);
        case "mode" -> mode = cursor.text();
        case "tools" -> tools = cursor.kind() == JsonKind.ARRAY ? cursor.raw() : tools;
        default -> {}
      }
    }
    return new Named(
        type, namespace.isEmpty() ? name : ToolNames.joined(namespace, name), mode, tools);
  }
}
