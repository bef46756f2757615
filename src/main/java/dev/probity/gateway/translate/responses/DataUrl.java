package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Untranslatable;

/** A medium within the request: {@code data:image/png;base64,…}. */
record DataUrl(String mediaType, RawText base64) {
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
    return new DataUrl(parameters < 0 ? type : type.substring(0, parameters), url.from(comma + 1));
  }

  Part.Source inline() {
    return new Part.Inline(base64);
  }
}
