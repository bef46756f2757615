package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Part.Media;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Invalid;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what a message's content is made of. */
final class ChatParts {
  private ChatParts() {}

  /**
   * Reads a content, which is a string or an array of parts.
   *
   * @param at where it stands, for complaints
   */
  static void read(RawJson content, String at, List<Part> parts)
      throws Untranslatable, MalformedJson {
    if (content.isString()) {
      parts.add(Part.Text.of(content.text().orElseThrow()));
      return;
    }
    if (!content.isArray()) {
      throw Invalid.type(at, "a string or an array of content parts", content);
    }
    JsonCursor cursor = content.cursor();
    cursor.enterArray();
    for (int i = 0; cursor.nextElement(); i++) {
      RawJson part = cursor.raw();
      if (part.isString()) {
        parts.add(Part.Text.of(part.text().orElseThrow()));
      } else if (part.isObject()) {
        parts.add(part(part, at + "[" + i + "]"));
      } else {
        throw Invalid.type(at + "[" + i + "]", "an object", part);
      }
    }
  }

  private static Part part(RawJson json, String at) throws Untranslatable, MalformedJson {
    String type = "";
    RawJson value = RawJson.NULL;
    CacheMark cache = CacheMark.NONE;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.textOr(RawText.EMPTY).plain();
        case "text", "refusal", "image_url", "input_audio", "file", "video_url" ->
            value = cursor.raw();
        case "cache_control" -> cache = cacheControl(cursor.raw());
        case "prompt_cache_breakpoint" -> cache = breakpoint(cursor.raw());
        default -> cursor.skip();
      }
    }
    if (value.isNull() && isKnown(type)) {
      throw Invalid.missing(at + "." + type);
    }
    return switch (type) {
      case "text" -> new Part.Text(text(value, at + ".text"), cache, Optional.empty());
      case "refusal" -> new Part.Declined(text(value, at + ".refusal"));
      case "image_url" -> url(value, at + ".image_url", Media.Kind.IMAGE, cache);
      case "video_url" -> url(value, at + ".video_url", Media.Kind.VIDEO, cache);
      case "input_audio" -> audio(value, at + ".input_audio", cache);
      case "file" -> file(value, at + ".file", cache);
      case "" -> throw Invalid.missing(at + ".type");
      default ->
          throw Invalid.value(
              at + ".type",
              type,
              "Supported values are: 'text', 'image_url', 'input_audio', 'file', 'video_url' and"
                  + " 'refusal'.");
    };
  }

  private static boolean isKnown(String type) {
    return switch (type) {
      case "text", "refusal", "image_url", "input_audio", "file", "video_url" -> true;
      default -> false;
    };
  }

  private static RawText text(RawJson value, String at) throws Untranslatable {
    return value.text().orElseThrow(() -> Invalid.type(at, "a string", value));
  }

  private static Part url(RawJson json, String at, Media.Kind kind, CacheMark cache)
      throws Untranslatable, MalformedJson {
    RawText url = RawText.EMPTY;
    Optional<RawText> detail = Optional.empty();
    if (json.isString()) {
      url = text(json, at);
    } else {
      JsonCursor cursor = json.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        switch (cursor.name()) {
          case "url" -> url = cursor.text();
          case "detail" -> detail = cursor.raw().text();
          default -> cursor.skip();
        }
      }
    }
    if (url.isEmpty()) {
      throw Invalid.missing(at + ".url");
    }
    if (!url.startsWith("data:")) {
      return new Media(kind, "", new Part.Url(url), Optional.empty(), detail, cache);
    }
    Data data = data(url, at + ".url");
    return new Media(kind, data.mediaType, data.bytes, Optional.empty(), detail, cache);
  }

  private static Part audio(RawJson json, String at, CacheMark cache)
      throws Untranslatable, MalformedJson {
    RawText data = RawText.EMPTY;
    RawText format = RawText.EMPTY;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "data" -> data = cursor.text();
        case "format" -> format = cursor.text();
        default -> cursor.skip();
      }
    }
    if (data.isEmpty() || format.isEmpty()) {
      throw Invalid.missing(at + (data.isEmpty() ? ".data" : ".format"));
    }
    String word = format.plain().toLowerCase(Locale.ROOT);
    String mediaType = "audio/" + (word.equals("mp3") ? "mpeg" : word);
    return new Media(
        Media.Kind.AUDIO,
        mediaType,
        new Part.Inline(data),
        Optional.empty(),
        Optional.empty(),
        cache);
  }

  private static Part file(RawJson json, String at, CacheMark cache)
      throws Untranslatable, MalformedJson {
    RawText data = RawText.EMPTY;
    RawText id = RawText.EMPTY;
    Optional<RawText> name = Optional.empty();
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "file_data" -> data = cursor.textOr(data);
        case "file_id" -> id = cursor.textOr(id);
        case "filename" -> name = cursor.raw().text();
        default -> cursor.skip();
      }
    }
    if (!id.isEmpty()) {
      Part.Source uploaded = new Part.UploadedFile(Dialect.CHAT, id);
      return new Media(Media.Kind.DOCUMENT, "", uploaded, name, Optional.empty(), cache);
    }
    if (data.isEmpty()) {
      throw Invalid.missing(at + ".file_data");
    }
    if (data.startsWith("http://") || data.startsWith("https://")) {
      Part.Source url = new Part.Url(data);
      return new Media(Media.Kind.DOCUMENT, "", url, name, Optional.empty(), cache);
    }
    Data file =
        data.startsWith("data:")
            ? data(data, at + ".file_data")
            : new Data("application/pdf", new Part.Inline(data));
    return new Media(
        kind(file.mediaType), file.mediaType, file.bytes, name, Optional.empty(), cache);
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

  /** A data URL; its bytes stay where they are. */
  private record Data(String mediaType, Part.Inline bytes) {}

  private static Data data(RawText url, String at) throws Untranslatable {
    int comma = url.indexOf(',');
    String head = comma < 0 ? "" : url.until(comma).plain();
    if (!head.endsWith(";base64")) {
      throw Untranslatable.request(
          "invalid_data_url",
          "Invalid '" + at + "': a data URL must begin with 'data:<media type>;base64,'.");
    }
    String mediaType = head.substring("data:".length(), head.indexOf(';'));
    return new Data(mediaType.toLowerCase(Locale.ROOT), new Part.Inline(url.from(comma + 1)));
  }

  /** As Anthropic's clients, and those of several routers, mark what is to be cached. */
  static CacheMark cacheControl(RawJson json) throws MalformedJson {
    return json.isObject() ? mark(json, "ttl", "1h") : CacheMark.NONE;
  }

  /** As OpenAI's clients do; its times are longer than an hour's half. */
  private static CacheMark breakpoint(RawJson json) throws MalformedJson {
    return json.isObject() ? mark(json, "ttl", "12h") : CacheMark.NONE;
  }

  private static CacheMark mark(RawJson json, String member, String isLong) throws MalformedJson {
    CacheMark mark = CacheMark.FIVE_MINUTES;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals(member) && cursor.textOr(RawText.EMPTY).is(isLong)) {
        mark = CacheMark.ONE_HOUR;
      }
    }
    return mark;
  }
}
