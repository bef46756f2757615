package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;

/** Reads the parts of one content. */
final class PartDecoder {
  private final CallIds calls;
  private final Losses losses;
  private final List<Part> out;
  private final int turn;
  private int callsHere;

  /**
   * @param turn the content's place
   */
  PartDecoder(CallIds calls, Losses losses, List<Part> out, int turn) {
    this.calls = calls;
    this.losses = losses;
    this.out = out;
    this.turn = turn;
  }

  /** Reads a part and adds what it says. */
  void read(RawJson part) throws MalformedJson, Untranslatable {
    String type = "";
    RawJson data = RawJson.NULL;
    boolean thought = false;
    RawText signature = RawText.EMPTY;
    JsonCursor json = part.cursor();
    json.enterObject();
    while (json.nextMember()) {
      String name = Spelling.camel(json.name());
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      switch (name) {
        case "thought" -> thought = json.isTrue();
        case "thoughtSignature" -> signature = json.textOr(RawText.EMPTY);
        case "videoMetadata", "mediaResolution" -> losses.add(Loss.MEDIA_DETAIL);
        case "partMetadata", "mediaProcessing", "speechMetadata", "audioTranscription" ->
            losses.add(Loss.UNKNOWN, name);
        default -> {
          type = name;
          data = json.raw();
        }
      }
    }
    add(part, type, data, thought, signature);
  }

  private void add(RawJson part, String type, RawJson data, boolean thought, RawText signature)
      throws MalformedJson, Untranslatable {
    switch (type) {
      case "text" -> text(data.cursor().text(), thought, signature);
      case "inlineData" -> out.add(MediaParts.inline(data));
      case "fileData" -> out.add(MediaParts.file(data));
      case "functionCall" -> call(data, signature);
      case "functionResponse" -> response(data);
      case "executableCode", "codeExecutionResult", "toolCall", "toolResponse" ->
          out.add(new Part.Foreign(Dialect.GEMINI, type, part));
      case "" -> {
        if (signature.isEmpty()) {
          throw Untranslatable.request(
              "empty_part",
              "A part of the contents is empty. Give it a text, inlineData, fileData,"
                  + " functionCall or functionResponse, or leave it out.");
        }
        text(RawText.EMPTY, thought, signature);
      }
      default ->
          throw Untranslatable.request(
              "unknown_part",
              "A part of the contents is of a kind that can't be carried to another vendor's"
                  + " model: \""
                  + type
                  + "\". Leave it out, or ask a model of Google's.");
    }
  }

  private void text(RawText text, boolean thought, RawText signature) {
    Optional<Proof> proof = Signatures.read(signature);
    if (thought || text.isEmpty() && proof.isPresent()) {
      out.add(new Part.Thought(text, proof));
    } else {
      out.add(new Part.Text(text, CacheMark.NONE, proof));
    }
  }

  private void call(RawJson call, RawText signature) throws MalformedJson, Untranslatable {
    RawText id = RawText.EMPTY;
    RawText name = RawText.EMPTY;
    RawJson args = RawJson.EMPTY_OBJECT;
    JsonCursor json = call.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "id" -> id = json.textOr(RawText.EMPTY);
        case "name" -> name = json.text();
        case "args" -> {
          if (!json.skipNull()) {
            args = json.raw();
          }
        }
        default -> losses.add(Loss.UNKNOWN, json.name());
      }
    }
    if (!args.isObject()) {
      throw Untranslatable.request(
          "invalid_tool_arguments", "The args of a functionCall must be an object.");
    }
    Optional<Proof> proof = Optional.empty();
    if (Signatures.carriesThoughts(signature)) {
      out.addAll(Signatures.thoughts(signature));
    } else {
      proof = Signatures.read(signature);
    }
    RawText known = calls.called(id, name, turn, callsHere);
    callsHere++;
    out.add(new Part.ToolCall(known, name, args, false, proof, CacheMark.NONE));
  }

  private void response(RawJson response) throws MalformedJson, Untranslatable {
    RawText id = RawText.EMPTY;
    RawText name = RawText.EMPTY;
    RawJson result = RawJson.EMPTY_OBJECT;
    RawJson media = RawJson.EMPTY_ARRAY;
    JsonCursor json = response.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "id" -> id = json.textOr(RawText.EMPTY);
        case "name" -> name = json.textOr(RawText.EMPTY);
        case "response" -> {
          if (!json.skipNull()) {
            result = json.raw();
          }
        }
        case "parts" -> {
          if (!json.skipNull()) {
            media = json.raw();
          }
        }
        default -> losses.add(Loss.UNKNOWN, json.name());
      }
    }
    out.add(ResultParts.read(calls.answered(id, name), name, result, media));
  }
}
