package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a function gave. Google wants an object, in which {@code output} and {@code error} are
 * its own words for a plain text, so a text is taken out of them.
 */
final class ResultParts {
  private ResultParts() {}

  static Part read(RawText id, RawText name, RawJson response, RawJson parts)
      throws MalformedJson, Untranslatable {
    boolean error = false;
    Optional<RawText> only = Optional.empty();
    int members = 0;
    JsonCursor json = response.cursor();
    json.enterObject();
    while (json.nextMember()) {
      members++;
      boolean isError = json.name().equals("error");
      boolean isOutput = json.name().equals("output");
      RawJson value = json.raw();
      error |= isError && !value.isNull();
      only = isError || isOutput ? value.text() : Optional.empty();
    }
    List<Part> media = media(parts);
    Optional<RawText> text = members == 1 ? only : Optional.empty();
    boolean structured = text.isEmpty() && media.isEmpty();
    List<Part> content = new ArrayList<>(1 + media.size());
    if (!structured) {
      content.add(Part.Text.of(text.orElseGet(response::asText)));
    }
    content.addAll(media);
    return new Part.ToolResult(
        id,
        name.isEmpty() ? Optional.empty() : Optional.of(name),
        content,
        structured ? Optional.of(response) : Optional.empty(),
        error && (members == 1 || structured),
        false,
        CacheMark.NONE);
  }

  private static List<Part> media(RawJson parts) throws MalformedJson, Untranslatable {
    List<Part> media = new ArrayList<>(0);
    JsonCursor json = parts.cursor();
    json.enterArray();
    while (json.nextElement()) {
      json.enterObject();
      while (json.nextMember()) {
        switch (Spelling.camel(json.name())) {
          case "inlineData" -> media.add(MediaParts.inline(json.raw()));
          case "fileData" -> media.add(MediaParts.file(json.raw()));
          default ->
              throw Untranslatable.request(
                  "unknown_part",
                  "A functionResponse has a part of a kind that can't be carried to another"
                      + " vendor's model. Use inlineData or fileData.");
        }
      }
    }
    return media;
  }
}
