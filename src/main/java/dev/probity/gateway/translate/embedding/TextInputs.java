package dev.probity.gateway.translate.embedding;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests of clients of OpenAI's embeddings. */
final class TextInputs {
  private final Losses losses;

  TextInputs(Losses losses) {
    this.losses = losses;
  }

  Inputs read(RawJson body) throws MalformedJson, Untranslatable {
    List<RawText> texts = new ArrayList<>();
    Optional<RawJson> dimensions = Optional.empty();
    boolean packed = false;
    JsonCursor json = body.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      switch (json.name()) {
        case "input" -> input(json, texts);
        case "dimensions" -> dimensions = Optional.of(json.raw());
        case "encoding_format" -> packed = json.textOr(RawText.EMPTY).is("base64");
        case "user" -> losses.add(Loss.DROPPED, "end_user");
        case "model" -> json.skip();
        default -> losses.add(Loss.UNKNOWN, json.name());
      }
    }
    if (texts.isEmpty()) {
      throw Untranslatable.request(
          "missing_input", "The request has no input. Send a string, or an array of strings.");
    }
    return new Inputs(texts, dimensions, packed);
  }

  private static void input(JsonCursor json, List<RawText> texts)
      throws MalformedJson, Untranslatable {
    if (json.kind() != JsonKind.ARRAY) {
      texts.add(text(json));
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      texts.add(text(json));
    }
  }

  private static RawText text(JsonCursor json) throws MalformedJson, Untranslatable {
    if (json.kind() != JsonKind.STRING) {
      throw Untranslatable.request(
          "input_is_tokens",
          "Tokens mean something to the vendor's own models only, and this one is another's. Send"
              + " the input as a string, or an array of strings.");
    }
    return json.text();
  }
}
