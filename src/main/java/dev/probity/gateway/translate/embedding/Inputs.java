package dev.probity.gateway.translate.embedding;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;

/**
 * What is to be embedded.
 *
 * @param dimensions of each vector, if it was said
 * @param packed whether the client wants base64 for numbers
 */
record Inputs(List<RawText> texts, Optional<RawJson> dimensions, boolean packed) {
  /** As many as Google takes at once. */
  private static final int MOST_CONTENTS = 100;

  /** For OpenAI. Numbers are asked for, as Google's clients know nothing else. */
  void writeTexts(String model, JsonWriter out) {
    out.beginObject().member("model", model).name("input").beginArray();
    texts.forEach(out::value);
    out.endArray();
    dimensions.ifPresent(count -> out.member("dimensions", count));
    out.member("encoding_format", "float").endObject();
  }

  /** For Google's batchEmbedContents. */
  void writeContents(String model, JsonWriter out) throws Untranslatable {
    if (texts.size() > MOST_CONTENTS) {
      throw Untranslatable.request(
          "too_many_inputs",
          "Models of Google's embed at most "
              + MOST_CONTENTS
              + " inputs a call, and there are "
              + texts.size()
              + ". Send them in several calls.");
    }
    out.beginObject().name("requests").beginArray();
    for (RawText text : texts) {
      out.beginObject().member("model", "models/" + model);
      out.name("content").beginObject().name("parts").beginArray();
      out.beginObject().member("text", text).endObject();
      out.endArray().endObject();
      dimensions.ifPresent(count -> out.member("outputDimensionality", count));
      out.endObject();
    }
    out.endArray().endObject();
  }
}
