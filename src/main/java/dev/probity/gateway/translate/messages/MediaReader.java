package dev.probity.gateway.translate.messages;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.Media.Kind;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;

/** Reads images and documents. */
final class MediaReader {
  private final Losses losses;

  MediaReader(Losses losses) {
    this.losses = losses;
  }

  void image(JsonMembers block, List<Part> out) throws Untranslatable, MalformedJson {
    if (block.has("transformations")) {
      losses.add(Loss.MEDIA_DETAIL);
    }
    out.add(media(Kind.IMAGE, block, JsonMembers.of(block.get("source")), ""));
  }

  /** A document that is one thing, not a list of blocks. */
  Part document(JsonMembers block, JsonMembers source) throws Untranslatable, MalformedJson {
    return media(Kind.DOCUMENT, block, source, "application/pdf");
  }

  private static Part media(Kind kind, JsonMembers block, JsonMembers source, String otherwise)
      throws Untranslatable, MalformedJson {
    RawText said = source.textOrEmpty("media_type");
    String type = said.isEmpty() ? otherwise : said.plain();
    return new Part.Media(
        kind,
        type,
        source(source),
        block.get("title").text(),
        Optional.empty(),
        BlockReader.mark(block));
  }

  private static Part.Source source(JsonMembers source) throws Untranslatable, MalformedJson {
    return switch (source.text("type").plain()) {
      case "base64" -> new Part.Inline(source.text("data"));
      case "text" -> new Part.InlineText(source.text("data"));
      case "url" -> new Part.Url(source.text("url"));
      case "file" -> new Part.UploadedFile(Dialect.MESSAGES, source.text("file_id"));
      default ->
          throw Untranslatable.request(
              "unknown_source",
              "messages: a source must be of type 'base64', 'text', 'url', 'file' or 'content'.");
    };
  }
}
