package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/** Writes the parts of what the user says, results of tools among them. */
final class UserContent {
  private final GeminiModel model;
  private final JsonWriter out;
  private final Losses losses;
  private final MediaEncoder media;

  UserContent(GeminiModel model, JsonWriter out, Losses losses) {
    this.model = model;
    this.out = out;
    this.losses = losses;
    this.media = new MediaEncoder(out, losses);
  }

  /** Whether there is anything to write of a part; takes note if not. */
  boolean hasPlace(Part part) {
    return switch (part) {
      case Part.Text text -> !text.text().isEmpty();
      case Part.Declined declined -> !declined.text().isEmpty();
      case Part.Media _, Part.ToolResult _ -> true;
      case Part.Foreign foreign -> {
        boolean known = foreign.origin() == Dialect.GEMINI;
        if (!known) {
          losses.add(Loss.SERVER_TOOL_HISTORY);
        }
        yield known;
      }
      case Part.Thought _, Part.ToolCall _ -> {
        losses.add(Loss.REASONING_HISTORY);
        yield false;
      }
    };
  }

  void part(Part part) throws Untranslatable {
    switch (part) {
      case Part.Text text -> text(text);
      case Part.Declined declined -> text(Part.Text.of(declined.text()));
      case Part.Media medium -> media.write(medium);
      case Part.Foreign foreign -> out.value(foreign.block());
      case Part.Thought _, Part.ToolCall _, Part.ToolResult _ ->
          throw new IllegalStateException("part: has no place here");
    }
  }

  private void text(Part.Text text) {
    if (text.cache() != CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
    out.beginObject().member("text", text.text()).endObject();
  }

  /**
   * @param name of the function that was called
   */
  void result(Part.ToolResult result, RawText name) throws Untranslatable {
    if (result.cache() != CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
    List<Part.Media> media = new ArrayList<>(0);
    List<RawText> texts = new ArrayList<>(result.content().size());
    for (Part part : result.content()) {
      switch (part) {
        case Part.Text text -> texts.add(text.text());
        case Part.Media medium -> media.add(medium);
        default -> losses.add(Loss.SERVER_TOOL_HISTORY);
      }
    }
    out.beginObject().name("functionResponse").beginObject();
    if (!MadeIds.isOne(result.id().plain())) {
      out.member("id", result.id());
    }
    out.member("name", name);
    response(result, texts);
    if (!media.isEmpty() && model.readsMediaInResults()) {
      out.name("parts").beginArray();
      writeAll(media);
      out.endArray();
    }
    out.endObject().endObject();
    if (!media.isEmpty() && !model.readsMediaInResults()) {
      losses.add(Loss.MEDIA_IN_TOOL_RESULT);
      writeAll(media);
    }
  }

  private void writeAll(List<Part.Media> media) throws Untranslatable {
    for (Part.Media medium : media) {
      this.media.write(medium);
    }
  }

  private void response(Part.ToolResult result, List<RawText> texts) {
    if (result.structured().isPresent()) {
      out.member("response", result.structured().get());
      return;
    }
    out.name("response").beginObject().name(result.isError() ? "error" : "output").beginText();
    boolean first = true;
    for (RawText text : texts) {
      if (!first) {
        out.piece("\n");
      }
      first = false;
      out.piece(text);
    }
    out.endText().endObject();
  }
}
