package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what messages and results of tools hold: a string, or parts. */
final class ContentReader {
  private final Losses losses;

  ContentReader(Losses losses) {
    this.losses = losses;
  }

  void read(RawJson content, Consumer<Part> out) throws Untranslatable, MalformedJson {
    Optional<RawText> text = content.text();
    if (text.isPresent()) {
      out.accept(Part.Text.of(text.get()));
      return;
    }
    if (content.isNull()) {
      return;
    }
    JsonCursor cursor = content.cursor();
    cursor.enterArray();
    while (cursor.nextElement()) {
      out.accept(part(fields(cursor)));
    }
  }

  /** The members that parts have, of whatever type. */
  private static final class Fields {
    private String type = "";
    private RawText text = RawText.EMPTY;
    private Optional<RawText> url = Optional.empty();
    private Optional<RawText> fileId = Optional.empty();
    private Optional<RawText> fileData = Optional.empty();
    private Optional<RawText> name = Optional.empty();
    private Optional<RawText> detail = Optional.empty();
    private Optional<RawJson> audio = Optional.empty();
    private CacheMark cache = CacheMark.NONE;
  }

  private Fields fields(JsonCursor cursor) throws MalformedJson {
    Fields fields = new Fields();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> fields.type = cursor.text().plain();
        case "text", "refusal" -> fields.text = cursor.text();
        case "image_url", "file_url" -> fields.url = Values.text(cursor);
        case "file_id" -> fields.fileId = Values.text(cursor);
        case "file_data" -> fields.fileData = Values.text(cursor);
        case "filename" -> fields.name = Values.text(cursor);
        case "detail" -> fields.detail = Values.text(cursor);
        case "input_audio" -> fields.audio = Optional.of(cursor.raw());
        case "prompt_cache_breakpoint" -> fields.cache = cache(cursor.raw());
        case "annotations" -> {
          RawJson annotations = cursor.raw();
          if (annotations.isArray() && !annotations.equals(RawJson.EMPTY_ARRAY)) {
            losses.add(Loss.CITATIONS);
          }
        }
        default -> {}
      }
    }
    return fields;
  }

  private Part part(Fields fields) throws Untranslatable, MalformedJson {
    return switch (fields.type) {
      case "input_text", "output_text", "text", "summary_text" ->
          new Part.Text(fields.text, fields.cache, Optional.empty());
      case "reasoning_text" -> new Part.Thought(fields.text, Optional.empty());
      case "refusal" -> new Part.Declined(fields.text);
      case "input_image" -> image(fields);
      case "input_file" -> file(fields);
      case "input_audio" -> audio(fields);
      default ->
          throw Untranslatable.request(
              "invalid_value",
              "Invalid value: '"
                  + fields.type
                  + "' as the type of a content part. Send 'input_text', 'input_image',"
                  + " 'input_file', 'output_text' or 'refusal'.");
    };
  }

  private static Part image(Fields fields) throws Untranslatable {
    if (fields.url.isPresent()) {
      RawText url = fields.url.get();
      if (url.startsWith("data:")) {
        DataUrl data = DataUrl.read(url);
        return media(Part.Media.Kind.IMAGE, data.mediaType(), data.inline(), fields);
      }
      return media(Part.Media.Kind.IMAGE, "", new Part.Url(url), fields);
    }
    if (fields.fileId.isPresent()) {
      return media(Part.Media.Kind.IMAGE, "", uploaded(fields.fileId.get()), fields);
    }
    throw missing("image_url");
  }

  private static Part file(Fields fields) throws Untranslatable {
    if (fields.fileData.isPresent()) {
      RawText given = fields.fileData.get();
      if (given.startsWith("data:")) {
        DataUrl data = DataUrl.read(given);
        return media(kind(data.mediaType()), data.mediaType(), data.inline(), fields);
      }
      String type = typeOf(fields.name);
      return media(kind(type), type, new Part.Inline(given), fields);
    }
    String type = fields.name.isPresent() ? typeOf(fields.name) : "";
    if (fields.url.isPresent()) {
      return media(Part.Media.Kind.DOCUMENT, type, new Part.Url(fields.url.get()), fields);
    }
    if (fields.fileId.isPresent()) {
      return media(Part.Media.Kind.DOCUMENT, type, uploaded(fields.fileId.get()), fields);
    }
    throw missing("file_data");
  }

  private static Part audio(Fields fields) throws Untranslatable, MalformedJson {
    Optional<RawText> data = Optional.empty();
    String format = "wav";
    JsonCursor cursor = fields.audio.orElseThrow(() -> missing("input_audio")).cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "data" -> data = Optional.of(cursor.text());
        case "format" -> format = cursor.text().plain();
        default -> {}
      }
    }
    String type = format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    return media(
        Part.Media.Kind.AUDIO,
        type,
        new Part.Inline(data.orElseThrow(() -> missing("input_audio.data"))),
        fields);
  }

  private static Part media(
      Part.Media.Kind kind, String mediaType, Part.Source source, Fields fields) {
    return new Part.Media(kind, mediaType, source, fields.name, fields.detail, fields.cache);
  }

  private static Part.Source uploaded(RawText id) {
    return new Part.UploadedFile(Dialect.RESPONSES, id);
  }

  private static Part.Media.Kind kind(String mediaType) {
    return mediaType.startsWith("image/") ? Part.Media.Kind.IMAGE : Part.Media.Kind.DOCUMENT;
  }

  /** By the name's ending, as the bytes alone do not say. */
  private static String typeOf(Optional<RawText> name) {
    String plain = name.map(RawText::plain).orElse("").toLowerCase(Locale.ROOT);
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "txt", "text", "log" -> "text/plain";
      case "md" -> "text/markdown";
      case "csv" -> "text/csv";
      case "html", "htm" -> "text/html";
      case "json" -> "application/json";
      default -> "application/pdf";
    };
  }

  private static CacheMark cache(RawJson mark) throws MalformedJson {
    if (!mark.isObject()) {
      return CacheMark.NONE;
    }
    JsonCursor cursor = mark.cursor();
    cursor.enterObject();
    boolean hours = false;
    while (cursor.nextMember()) {
      if (cursor.name().equals("ttl") && cursor.kind() == JsonKind.STRING) {
        hours = cursor.text().is("12h");
      }
    }
    return hours ? CacheMark.ONE_HOUR : CacheMark.FIVE_MINUTES;
  }

  private static Untranslatable missing(String member) {
    return Untranslatable.request(
        "missing_required_parameter",
        "Missing required parameter: '" + member + "' of a content part.");
  }

  /** A medium within the request: {@code data:image/png;base64,…}. */
  private record DataUrl(String mediaType, RawText base64) {
    private static final String END = ";base64";

    static DataUrl read(RawText url) throws Untranslatable {
      int comma = url.indexOf(',');
      String head = comma < 0 ? "" : url.until(comma).plain();
      if (!head.startsWith("data:") || !head.endsWith(END)) {
        throw Untranslatable.request(
            "invalid_base64",
            "A data URL is not 'data:MEDIA/TYPE;base64,DATA'. Send the medium as base64.");
      }
      String type = head.substring("data:".length(), head.length() - END.length());
      int parameters = type.indexOf(';');
      return new DataUrl(
          parameters < 0 ? type : type.substring(0, parameters), url.from(comma + 1));
    }

    Part.Source inline() {
      return new Part.Inline(base64);
    }
  }
}
