package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where an answer's text comes from. Google says it of the whole answer, in a late chunk, so it is
 * told of the text that is open at the end. Bounded.
 */
final class Sources {
  private static final int MOST = 256;

  private final List<Citation> grounding = new ArrayList<>(0);
  private final List<Citation> recited = new ArrayList<>(0);

  /** A later GroundingMetadata has what was in an earlier one. */
  void grounding(RawJson metadata) throws MalformedJson {
    if (!metadata.isObject()) {
      return;
    }
    JsonCursor json = metadata.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("groundingChunks") && json.kind() == JsonKind.ARRAY) {
        grounding.clear();
        json.enterArray();
        while (json.nextElement()) {
          chunk(json.raw());
        }
      }
    }
  }

  private void chunk(RawJson chunk) throws MalformedJson {
    if (!chunk.isObject()) {
      return;
    }
    JsonCursor json = chunk.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.OBJECT) {
        add(grounding, json.raw(), chunk);
      }
    }
  }

  /** A CitationMetadata. */
  void citations(RawJson metadata) throws MalformedJson {
    if (!metadata.isObject()) {
      return;
    }
    JsonCursor json = metadata.cursor();
    json.enterObject();
    while (json.nextMember()) {
      boolean list = json.name().equals("citations") || json.name().equals("citationSources");
      if (list && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          RawJson citation = json.raw();
          add(recited, citation, citation);
        }
      }
    }
  }

  private static void add(List<Citation> list, RawJson source, RawJson whole) throws MalformedJson {
    if (list.size() >= MOST || !source.isObject()) {
      return;
    }
    Optional<RawText> url = Optional.empty();
    Optional<RawText> title = Optional.empty();
    Optional<RawText> quote = Optional.empty();
    JsonCursor json = source.cursor();
    json.enterObject();
    while (json.nextMember()) {
      RawText value = json.textOr(RawText.EMPTY);
      if (!value.isEmpty()) {
        switch (json.name()) {
          case "uri", "sourceUri" -> url = Optional.of(value.copy());
          case "title" -> title = Optional.of(value.copy());
          case "text" -> quote = Optional.of(value.copy());
          default -> {}
        }
      }
    }
    if (url.isPresent() || title.isPresent()) {
      list.add(new Citation(Dialect.GEMINI, url, title, quote, whole.copy()));
    }
  }

  void tell(AnswerBlocks blocks, Consumer<AnswerEvent> out) {
    int text = blocks.openText();
    if (text >= 0) {
      grounding.forEach(each -> out.accept(new AnswerEvent.Cited(text, each)));
      recited.forEach(each -> out.accept(new AnswerEvent.Cited(text, each)));
    }
  }
}
