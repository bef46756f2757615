package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tools and how they are to be used. */
final class ToolsDecoder {
  private final Losses losses;
  private final List<Tool> tools = new ArrayList<>();
  private final Map<String, RawJson> rest = new HashMap<>();
  private ToolChoice choice = ToolChoice.UNSAID;

  ToolsDecoder(Losses losses) {
    this.losses = losses;
  }

  List<Tool> tools() {
    return tools;
  }

  ToolChoice choice() {
    return choice;
  }

  /** Members of the configuration that nobody knows. */
  Map<String, RawJson> rest() {
    return rest;
  }

  /** One tool of Google's is several: each of its members. */
  void tools(RawJson list) throws MalformedJson {
    JsonCursor json = list.cursor();
    if (!list.isArray()) {
      tool(json);
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      tool(json);
    }
  }

  private void tool(JsonCursor json) throws MalformedJson {
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      String type = Spelling.camel(json.name());
      if (type.equals("functionDeclarations")) {
        json.enterArray();
        while (json.nextElement()) {
          tools.add(function(json.raw()));
        }
      } else {
        tools.add(new Tool.Server(kind(type), Dialect.GEMINI, type, json.raw()));
      }
    }
  }

  private static Tool.Server.Kind kind(String type) {
    return switch (type) {
      case "googleSearch", "googleSearchRetrieval", "enterpriseWebSearch" ->
          Tool.Server.Kind.WEB_SEARCH;
      case "urlContext" -> Tool.Server.Kind.WEB_FETCH;
      case "codeExecution" -> Tool.Server.Kind.CODE_EXECUTION;
      case "fileSearch", "retrieval" -> Tool.Server.Kind.FILE_SEARCH;
      case "computerUse" -> Tool.Server.Kind.COMPUTER;
      default -> Tool.Server.Kind.OTHER;
    };
  }

  private Tool function(RawJson declaration) throws MalformedJson {
    RawText name = RawText.EMPTY;
    Optional<RawText> description = Optional.empty();
    Optional<RawJson> schema = Optional.empty();
    Map<String, RawJson> others = new HashMap<>(0);
    JsonCursor json = declaration.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      String member = Spelling.camel(json.name());
      switch (member) {
        case "name" -> name = json.text();
        case "description" -> description = Optional.of(json.text());
        case "parameters" ->
            schema = Optional.of(new SchemaTranslation(losses).toJsonSchema(json.raw()));
        case "parametersJsonSchema" -> schema = Optional.of(json.raw());
        default -> others.put(member, json.raw());
      }
    }
    return new Tool.Function(name, description, schema, Optional.empty(), CacheMark.NONE, others);
  }

  void config(RawJson config) throws MalformedJson {
    JsonCursor json = config.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      String name = Spelling.camel(json.name());
      switch (name) {
        case "functionCallingConfig" -> calling(json);
        // Whether searches are told as they happen: nothing is lost if no such search is made.
        case "includeServerSideToolInvocations" -> json.skip();
        default -> rest.put("toolConfig." + name, json.raw());
      }
    }
  }

  private void calling(JsonCursor json) throws MalformedJson {
    Mode mode = Mode.DEFAULT;
    List<RawText> names = new ArrayList<>(0);
    json.enterObject();
    while (json.nextMember()) {
      switch (Spelling.camel(json.name())) {
        case "mode" -> mode = mode(json.textOr(RawText.EMPTY).plain());
        case "allowedFunctionNames" -> {
          if (!json.skipNull()) {
            json.enterArray();
            while (json.nextElement()) {
              names.add(json.text());
            }
          }
        }
        default -> losses.add(Loss.UNKNOWN, json.name());
      }
    }
    choice = new ToolChoice(mode, names, Optional.empty());
  }

  private Mode mode(String mode) {
    return switch (mode) {
      case "AUTO" -> Mode.AUTO;
      case "ANY" -> Mode.REQUIRED;
      case "NONE" -> Mode.NONE;
      case "VALIDATED" -> {
        losses.add(Loss.STRICT);
        yield Mode.AUTO;
      }
      default -> Mode.DEFAULT;
    };
  }
}
