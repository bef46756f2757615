package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Part.Media.Kind;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Set;

/** Writes parts of messages and of tools' results. */
final class ContentWriter {
  private static final Set<String> DETAILS = Set.of("low", "high", "auto", "original");

  private final JsonWriter out;
  private final Losses losses;

  ContentWriter(JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
  }

  /** A text of the user's, the developer's or a tool's. */
  void said(Part.Text text) {
    mark(text.cache());
    text("input_text", text.text());
  }

  /** A text of the model's. */
  void answered(Part.Text text) {
    mark(text.cache());
    text("output_text", text.text());
  }

  void declined(Part.Declined declined) {
    out.beginObject().member("type", "refusal").member("refusal", declined.text()).endObject();
  }

  void text(String type, RawText text) {
    out.beginObject().member("type", type).member("text", text).endObject();
  }

  /** Prompts are cached by OpenAI without being told where. */
  void mark(CacheMark cache) {
    if (cache != CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
  }

  void media(Part.Media media) throws Untranslatable {
    mark(media.cache());
    if (media.kind() == Kind.AUDIO || media.kind() == Kind.VIDEO) {
      throw Untranslatable.request(
          "unsupported_content",
          "This model's provider takes images and documents, but no "
              + (media.kind() == Kind.AUDIO ? "audio" : "video")
              + ". Leave it out, or choose a model that takes it.");
    }
    if (media.source() instanceof Part.InlineText document) {
      text("input_text", document.text());
      return;
    }
    if (media.kind() == Kind.IMAGE) {
      image(media);
    } else {
      document(media);
    }
  }

  private void image(Part.Media media) throws Untranslatable {
    out.beginObject().member("type", "input_image");
    switch (media.source()) {
      case Part.Inline inline -> dataUrl("image_url", media.mediaType(), inline.base64());
      case Part.Url url -> out.member("image_url", url.url());
      case Part.UploadedFile file -> out.member("file_id", ownFile(file));
      case Part.InlineText _ -> {}
    }
    if (media.detail().isPresent()) {
      if (DETAILS.contains(media.detail().get().plain())) {
        out.member("detail", media.detail().get());
      } else {
        losses.add(Loss.MEDIA_DETAIL);
      }
    }
    out.endObject();
  }

  private void document(Part.Media media) throws Untranslatable {
    out.beginObject().member("type", "input_file");
    switch (media.source()) {
      case Part.Inline inline -> {
        // OpenAI goes by the name's ending, and wants one.
        if (media.name().isPresent()) {
          out.member("filename", media.name().get());
        } else {
          out.member("filename", "document." + ending(media.mediaType()));
        }
        String type = media.mediaType().isEmpty() ? "application/pdf" : media.mediaType();
        dataUrl("file_data", type, inline.base64());
      }
      case Part.Url url -> out.member("file_url", url.url());
      case Part.UploadedFile file -> out.member("file_id", ownFile(file));
      case Part.InlineText _ -> {}
    }
    out.endObject();
  }

  private static String ending(String mediaType) {
    return switch (mediaType) {
      case "text/plain" -> "txt";
      case "text/markdown" -> "md";
      case "text/csv" -> "csv";
      case "text/html" -> "html";
      case "application/json" -> "json";
      default -> "pdf";
    };
  }

  private void dataUrl(String member, String mediaType, RawText base64) {
    String type = mediaType.isEmpty() ? "image/png" : mediaType;
    out.name(member).beginText().piece("data:" + type + ";base64,").piece(base64).endText();
  }

  /** Chat completions and responses share their files. */
  private static RawText ownFile(Part.UploadedFile file) throws Untranslatable {
    if (file.origin() != Dialect.RESPONSES && file.origin() != Dialect.CHAT) {
      throw Untranslatable.request(
          "file_of_another_vendor",
          "The file '"
              + file.id()
              + "' was uploaded to another vendor than the one of this model. Send its content"
              + " within the request.");
    }
    return file.id();
  }
}
