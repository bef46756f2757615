package dev.probity.gateway.translate.messages.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.Media.Kind;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Writes images and documents, whose bytes go as they came. */
final class MediaWriter {
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
  private static final String PDF = "application/pdf";

  private MediaWriter() {}

  /** The members of a block but for its cache mark; the object is open and stays so. */
  static void write(Part.Media media, JsonWriter out, Losses losses) throws Untranslatable {
    if (media.detail().filter(detail -> !detail.is("auto")).isPresent()) {
      losses.add(Loss.MEDIA_DETAIL);
    }
    switch (media.kind()) {
      case IMAGE -> image(media, out);
      case DOCUMENT -> document(media, out);
      case AUDIO, VIDEO -> throw unsupported(media.mediaType());
    }
  }

  private static void image(Part.Media media, JsonWriter out) throws Untranslatable {
    out.member("type", "image").name("source").beginObject();
    switch (media.source()) {
      case Part.Inline inline -> {
        String said = plainType(media);
        String type = said.equals("image/jpg") ? "image/jpeg" : said;
        if (!IMAGES.contains(type)) {
          throw unsupported(type);
        }
        base64(type, inline.base64(), out);
      }
      case Part.InlineText _ -> throw unsupported(media.mediaType());
      case Part.Url url -> out.member("type", "url").member("url", url.url());
      case Part.UploadedFile file -> file(file, out);
    }
    out.endObject();
  }

  private static void document(Part.Media media, JsonWriter out) throws Untranslatable {
    out.member("type", "document").name("source").beginObject();
    switch (media.source()) {
      case Part.Inline inline -> {
        String type = plainType(media);
        if (type.equals(PDF)) {
          base64(type, inline.base64(), out);
        } else if (isText(type)) {
          text(decoded(inline.base64()), out);
        } else {
          throw unsupported(type);
        }
      }
      case Part.InlineText inline -> text(inline.text(), out);
      case Part.Url url -> out.member("type", "url").member("url", url.url());
      case Part.UploadedFile file -> file(file, out);
    }
    out.endObject();
    media.name().filter(name -> !name.isEmpty()).ifPresent(name -> out.member("title", name));
  }

  private static String plainType(Part.Media media) {
    String type = media.mediaType();
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isText(String type) {
    return type.startsWith("text/") || type.equals("application/json");
  }

  private static void base64(String type, RawText data, JsonWriter out) {
    out.member("type", "base64").member("media_type", type).member("data", data);
  }

  private static void text(RawText text, JsonWriter out) {
    out.member("type", "text").member("media_type", "text/plain").member("data", text);
  }

  private static RawText decoded(RawText base64) throws Untranslatable {
    try {
      return RawText.of(new String(Base64.getMimeDecoder().decode(base64.plain()), UTF_8));
    } catch (IllegalArgumentException _) {
      throw Untranslatable.request("invalid_base64", "A document's data is no base64.");
    }
  }

  private static void file(Part.UploadedFile file, JsonWriter out) throws Untranslatable {
    if (file.origin() != Dialect.MESSAGES) {
      throw Untranslatable.request(
          "file_of_another_vendor",
          "A file that was uploaded to another vendor can't be read by Anthropic. Send its bytes"
              + " as base64 or its URL.");
    }
    out.member("type", "file").member("file_id", file.id());
  }

  private static Untranslatable unsupported(String type) {
    return Untranslatable.request(
        "unsupported_media",
        "Claude does not take '"
            + type
            + "'. Send images as "
            + String.join(", ", IMAGES.stream().sorted().toList())
            + ", documents as "
            + PDF
            + " or text, or choose a model that takes this.");
  }

  static boolean isTaken(Part.Media media) {
    return media.kind() == Kind.IMAGE || media.kind() == Kind.DOCUMENT;
  }
}
