package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Part.Media;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Optional;

/** Reads media: bytes in the request, or where they are. */
final class MediaParts {
  private static final String GOOGLES_FILES = "https://generativelanguage.googleapis.com/";

  private MediaParts() {}

  /** A Blob. */
  static Part inline(RawJson blob) throws MalformedJson {
    Fields fields = Fields.read(blob, "data");
    return fields.media(new Part.Inline(fields.value));
  }

  /** A FileData. */
  static Part file(RawJson file) throws MalformedJson, Untranslatable {
    Fields fields = Fields.read(file, "fileUri");
    RawText uri = fields.value;
    if (uri.isEmpty()) {
      throw Untranslatable.request("invalid_file", "A fileData has no fileUri. Say where it is.");
    }
    boolean outside = uri.startsWith("https://") && !uri.startsWith(GOOGLES_FILES);
    return fields.media(
        outside || uri.startsWith("http://")
            ? new Part.Url(uri)
            : new Part.UploadedFile(Dialect.GEMINI, uri));
  }

  private record Fields(String mediaType, RawText value, Optional<RawText> name) {
    static Fields read(RawJson object, String valueName) throws MalformedJson {
      String mediaType = "";
      RawText value = RawText.EMPTY;
      Optional<RawText> name = Optional.empty();
      JsonCursor json = object.cursor();
      json.enterObject();
      while (json.nextMember()) {
        String member = Spelling.camel(json.name());
        if (member.equals(valueName)) {
          value = json.text();
        } else if (member.equals("mimeType")) {
          mediaType = json.textOr(RawText.EMPTY).plain();
        } else if (member.equals("displayName")) {
          name = Optional.of(json.textOr(RawText.EMPTY)).filter(text -> !text.isEmpty());
        }
      }
      return new Fields(mediaType, value, name);
    }

    Media media(Part.Source source) {
      return new Media(kind(mediaType), mediaType, source, name, Optional.empty(), CacheMark.NONE);
    }
  }

  private static Media.Kind kind(String mediaType) {
    if (mediaType.startsWith("image/")) {
      return Media.Kind.IMAGE;
    }
    if (mediaType.startsWith("audio/")) {
      return Media.Kind.AUDIO;
    }
    return mediaType.startsWith("video/") ? Media.Kind.VIDEO : Media.Kind.DOCUMENT;
  }
}
