package dev.probity.gateway.translate.embedding;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests of clients of Google's embedContent and batchEmbedContents. */
final class ContentInputs {
  private final Losses losses;
  private final List<RawText> texts = new ArrayList<>();
  private Optional<RawJson> dimensions = Optional.empty();

  ContentInputs(Losses losses) {
    this.losses = losses;
  }

  /** An EmbedContentRequest. */
  Inputs one(RawJson body) throws MalformedJson, Untranslatable {
    read(body);
    return new Inputs(texts, dimensions, false);
  }

  /** Several of them. */
  Inputs several(RawJson body) throws MalformedJson, Untranslatable {
    JsonCursor json = body.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (!json.name().equals("requests")) {
        losses.add(Loss.UNKNOWN, json.name());
        continue;
      }
      json.enterArray();
      while (json.nextElement()) {
        Optional<RawJson> before = dimensions;
        dimensions = Optional.empty();
        read(json.raw());
        if (texts.size() > 1 && !before.equals(dimensions)) {
          throw Untranslatable.request(
              "different_dimensions",
              "All inputs of a call get vectors of one length from this vendor's models. Give all"
                  + " requests the same outputDimensionality, or send several calls.");
        }
      }
    }
    if (texts.isEmpty()) {
      throw Untranslatable.request(
          "missing_input", "The request has no requests. Send at least one with a content.");
    }
    return new Inputs(texts, dimensions, false);
  }

  private void read(RawJson request) throws MalformedJson, Untranslatable {
    Optional<RawText> text = Optional.empty();
    JsonCursor json = request.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      switch (json.name()) {
        case "content" -> text = Optional.of(content(json));
        case "outputDimensionality", "output_dimensionality" ->
            dimensions = Optional.of(json.raw());
        case "taskType", "task_type" -> losses.add(Loss.DROPPED, "taskType");
        case "title" -> losses.add(Loss.DROPPED, "title");
        case "model" -> json.skip();
        default -> losses.add(Loss.UNKNOWN, json.name());
      }
    }
    texts.add(
        text.orElseThrow(() ->
            Untranslatable.request(
                "missing_input", "A request has no content. Give it one with a text.")));
  }

  /** The texts of all parts, a line each. */
  private static RawText content(JsonCursor json) throws MalformedJson, Untranslatable {
    List<RawText> parts = new ArrayList<>(1);
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("parts")) {
        if (json.kind() == JsonKind.OBJECT) {
          parts.add(part(json));
          continue;
        }
        json.enterArray();
        while (json.nextElement()) {
          parts.add(part(json));
        }
      }
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    JsonWriter all = new JsonWriter().beginText();
    for (int i = 0; i < parts.size(); i++) {
      all.piece(i == 0 ? "" : "\n").piece(parts.get(i));
    }
    return all.endText().toJson().text().orElse(RawText.EMPTY);
  }

  private static RawText part(JsonCursor json) throws MalformedJson, Untranslatable {
    Optional<RawText> text = Optional.empty();
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("text")) {
        text = Optional.of(json.text());
      }
    }
    return text.orElseThrow(() ->
        Untranslatable.request(
            "input_not_text", "This vendor's models embed texts only. Send parts with a text."));
  }
}
