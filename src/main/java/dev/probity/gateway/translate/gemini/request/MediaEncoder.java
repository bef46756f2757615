package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.Media;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Locale;
import java.util.Map;

/** Writes media: bytes in the request, or where Google is to fetch them. */
final class MediaEncoder {
  private static final String BASE64 = ";base64,";

  /** What Google takes, by how a file's name ends. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("gif", "image/gif"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("html", "text/html"),
          Map.entry("csv", "text/csv"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "text/xml"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mp3"),
          Map.entry("aac", "audio/aac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("webm", "video/webm"));

  private final JsonWriter out;
  private final Losses losses;

  MediaEncoder(JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
  }

  /** Writes a whole part. */
  void write(Media media) throws Untranslatable {
    if (media.detail().isPresent() && !media.detail().get().is("auto")) {
      losses.add(Loss.MEDIA_DETAIL);
    }
    if (media.cache() != Part.CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
    switch (media.source()) {
      case Part.Inline inline -> inline(type(media, RawText.EMPTY), inline.base64());
      case Part.InlineText text -> text(media, text.text());
      case Part.Url url -> url(media, url.url());
      case Part.UploadedFile file -> uploaded(media, file);
    }
  }

  private void inline(String type, RawText base64) {
    out.beginObject().name("inlineData").beginObject();
    out.member("mimeType", type).member("data", base64);
    out.endObject().endObject();
  }

  private void text(Media media, RawText text) {
    out.beginObject().name("text").beginText();
    if (media.name().isPresent()) {
      out.piece(media.name().get()).piece("\n\n");
    }
    out.piece(text).endText().endObject();
  }

  private void url(Media media, RawText url) throws Untranslatable {
    if (url.startsWith("data:")) {
      String head = url.until(Math.min(url.length(), 256)).toString();
      int at = head.indexOf(BASE64);
      if (at < 0) {
        throw Untranslatable.request(
            "invalid_data_url",
            "A data URL is not written in base64. Write it as data:TYPE;base64,BYTES.");
      }
      inline(head.substring("data:".length(), at), url.from(at + BASE64.length()));
      return;
    }
    if (!url.startsWith("https://") && !url.startsWith("gs://")) {
      throw Untranslatable.request(
          "unreachable_url",
          "Models of Google's fetch media from public https URLs only. Send the bytes as base64.");
    }
    file(type(media, url), url);
  }

  private void uploaded(Media media, Part.UploadedFile file) throws Untranslatable {
    if (file.origin() != Dialect.GEMINI) {
      throw Untranslatable.request(
          "foreign_file",
          "A file that was uploaded to another vendor can't be read by models of Google's. Send"
              + " its bytes as base64.");
    }
    file(media.mediaType(), file.id());
  }

  private void file(String type, RawText uri) {
    out.beginObject().name("fileData").beginObject();
    if (!type.isEmpty()) {
      out.member("mimeType", type);
    }
    out.member("fileUri", uri).endObject().endObject();
  }

  /** The type as it was said, or else as the name in the URL ends. */
  private static String type(Media media, RawText url) throws Untranslatable {
    String said = media.mediaType();
    if (said.indexOf('/') > 0 && !said.endsWith("*")) {
      return said;
    }
    String path = url.plain();
    for (char end : new char[] {'#', '?'}) {
      int at = path.indexOf(end);
      path = at < 0 ? path : path.substring(0, at);
    }
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String known = TYPES.get(ending);
    if (known == null) {
      throw Untranslatable.request(
          "unknown_media_type",
          "Models of Google's must be told the type of a medium, and neither the request nor the"
              + " URL's ending says it. Send its bytes as base64, with their type.");
    }
    return known;
  }
}
