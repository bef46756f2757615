package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.Media;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;

/** Writes what a message's content is made of. */
final class ChatPartWriter {
  private final JsonWriter out;
  private final Losses losses;

  ChatPartWriter(JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
  }

  /** The member {@code content}: a string if it is one text. */
  void content(List<Part> said, boolean onlyText) throws Untranslatable {
    out.name("content");
    if (said.size() == 1 && said.getFirst() instanceof Part.Text text) {
      note(text);
      out.value(text.text());
      return;
    }
    out.beginArray();
    for (Part part : said) {
      switch (part) {
        case Part.Text text -> text(text);
        case Part.Declined declined ->
            out.beginObject()
                .member("type", "refusal")
                .member("refusal", declined.text())
                .endObject();
        case Media medium when onlyText && !(medium.source() instanceof Part.InlineText) ->
            throw unsupported("Instructions can only be text. Send media as the user's.");
        case Media medium -> media(medium);
        case Part.Thought _ -> losses.add(Loss.REASONING_HISTORY);
        case Part.ToolCall _ -> throw unsupported("Only the assistant can call tools.");
        case Part.ToolResult _, Part.Foreign _ -> losses.add(Loss.SERVER_TOOL_HISTORY);
      }
    }
    out.endArray();
  }

  void text(Part.Text text) {
    note(text);
    out.beginObject().member("type", "text").member("text", text.text()).endObject();
  }

  /** What of a text has no place. */
  void note(Part.Text text) {
    cache(text.cache());
  }

  private void cache(Part.CacheMark mark) {
    if (mark != Part.CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
  }

  private void media(Media medium) throws Untranslatable {
    cache(medium.cache());
    switch (medium.source()) {
      case Part.InlineText document -> text(Part.Text.of(document.text()));
      case Part.UploadedFile file -> uploaded(medium, file);
      case Part.Inline(RawText base64) -> {
        switch (medium.kind()) {
          case IMAGE -> image(medium, base64, true);
          case VIDEO -> video(medium, base64, true);
          case AUDIO -> audio(medium, base64);
          case DOCUMENT -> document(medium, base64);
        }
      }
      case Part.Url(RawText url) -> {
        switch (medium.kind()) {
          case IMAGE -> image(medium, url, false);
          case VIDEO -> video(medium, url, false);
          case AUDIO, DOCUMENT ->
              throw unsupported(
                  "This provider takes documents and sounds only within the request. Send the"
                      + " file's bytes in base64 instead of its URL.");
        }
      }
    }
  }

  private void image(Media medium, RawText bytesOrUrl, boolean inline) {
    unnamed(medium);
    out.beginObject().member("type", "image_url").name("image_url").beginObject();
    link(medium, bytesOrUrl, inline);
    medium
        .detail()
        .ifPresent(detail -> {
          switch (detail.plain()) {
            case "auto", "low", "high", "original" -> out.member("detail", detail);
            default -> losses.add(Loss.MEDIA_DETAIL);
          }
        });
    out.endObject().endObject();
  }

  /** OpenAI has no such part; servers that see films take it like this. */
  private void video(Media medium, RawText bytesOrUrl, boolean inline) {
    unnamed(medium);
    detailless(medium);
    out.beginObject().member("type", "video_url").name("video_url").beginObject();
    link(medium, bytesOrUrl, inline);
    out.endObject().endObject();
  }

  private void link(Media medium, RawText bytesOrUrl, boolean inline) {
    if (inline) {
      out.name("url");
      data(medium.mediaType(), bytesOrUrl);
    } else {
      out.member("url", bytesOrUrl);
    }
  }

  private void data(String mediaType, RawText base64) {
    out.beginText().piece("data:").piece(mediaType).piece(";base64,").piece(base64).endText();
  }

  private void audio(Media medium, RawText base64) throws Untranslatable {
    unnamed(medium);
    detailless(medium);
    String format =
        switch (medium.mediaType()) {
          case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
          case "audio/mpeg", "audio/mp3" -> "mp3";
          default ->
              throw unsupported(
                  "This provider takes sounds as audio/wav or audio/mpeg, not as '"
                      + medium.mediaType()
                      + "'.");
        };
    out.beginObject().member("type", "input_audio").name("input_audio").beginObject();
    out.member("data", base64).member("format", format).endObject().endObject();
  }

  private void document(Media medium, RawText base64) {
    detailless(medium);
    out.beginObject().member("type", "file").name("file").beginObject();
    // OpenAI wants a name with the bytes.
    medium
        .name()
        .ifPresentOrElse(
            name -> out.member("filename", name), () -> out.member("filename", "document"));
    out.name("file_data");
    data(medium.mediaType(), base64);
    out.endObject().endObject();
  }

  private void uploaded(Media medium, Part.UploadedFile file) throws Untranslatable {
    if (file.origin() != Dialect.CHAT && file.origin() != Dialect.RESPONSES) {
      throw unsupported(
          "An uploaded file can only be used with the vendor that has it. Send its bytes in"
              + " base64 instead.");
    }
    if (medium.kind() != Media.Kind.DOCUMENT) {
      throw unsupported(
          "This provider takes only documents as uploaded files. Send the image's bytes in base64"
              + " or its URL instead.");
    }
    detailless(medium);
    out.beginObject().member("type", "file").name("file").beginObject();
    out.member("file_id", file.id()).endObject().endObject();
  }

  private void unnamed(Media medium) {
    if (medium.name().isPresent()) {
      losses.add(Loss.DROPPED, "filename");
    }
  }

  private void detailless(Media medium) {
    if (medium.detail().isPresent()) {
      losses.add(Loss.MEDIA_DETAIL);
    }
  }

  private static Untranslatable unsupported(String message) {
    return Untranslatable.request("unsupported_content", message);
  }
}
