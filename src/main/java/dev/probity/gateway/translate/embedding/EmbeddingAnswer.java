package dev.probity.gateway.translate.embedding;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.Translators.Asked;
import dev.probity.kernel.Usage;
import java.util.Arrays;

/** Turns a provider's vectors into what the client knows. */
final class EmbeddingAnswer {
  private final Asked asked;
  private final Inputs inputs;
  private final AnswerReader read;
  private final RawJson[] vectors;

  EmbeddingAnswer(Asked asked, Inputs inputs, AnswerReader read) {
    this.asked = asked;
    this.inputs = inputs;
    this.read = read;
    this.vectors = new RawJson[inputs.texts().size()];
    Arrays.fill(vectors, RawJson.NULL);
  }

  void translate(RawJson answer, JsonWriter out) throws MalformedJson, Untranslatable {
    JsonCursor json = answer.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "data" -> list(json, "embedding");
        case "embeddings" -> list(json, "values");
        case "embedding" -> vector(json.raw(), "values", 0);
        default -> json.skip();
      }
    }
    for (RawJson vector : vectors) {
      if (vector.isNull()) {
        throw Untranslatable.answer(
            "upstream_incomplete",
            "The provider gave fewer vectors than there are inputs. Try again.");
      }
    }
    if (asked.operation() == Operation.EMBEDDING) {
      writeData(out);
    } else {
      writeEmbeddings(out);
    }
  }

  private void list(JsonCursor json, String name) throws MalformedJson {
    if (json.kind() != JsonKind.ARRAY) {
      return;
    }
    int place = 0;
    json.enterArray();
    while (json.nextElement()) {
      vector(json.raw(), name, place);
      place++;
    }
  }

  /** A provider may say which input a vector is for. */
  private void vector(RawJson element, String name, int place) throws MalformedJson {
    RawJson vector = RawJson.NULL;
    long index = place;
    JsonCursor json = element.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals(name)) {
        vector = json.raw();
      } else if (json.name().equals("index")) {
        index = json.integerOr(place);
      }
    }
    if (index >= 0 && index < vectors.length) {
      vectors[(int) index] = vector;
    }
  }

  private void writeData(JsonWriter out) throws MalformedJson, Untranslatable {
    out.beginObject().member("object", "list").name("data").beginArray();
    for (int i = 0; i < vectors.length; i++) {
      out.beginObject().member("object", "embedding").member("index", i).name("embedding");
      if (inputs.packed()) {
        out.value(Floats.packed(vectors[i]));
      } else {
        Floats.writeNumbers(vectors[i], out);
      }
      out.endObject();
    }
    long tokens = read.usage().input();
    out.endArray().member("model", asked.model());
    out.name("usage").beginObject();
    out.member("prompt_tokens", tokens).member("total_tokens", tokens);
    out.endObject().endObject();
  }

  private void writeEmbeddings(JsonWriter out) throws MalformedJson, Untranslatable {
    out.beginObject();
    if (asked.operation() == Operation.EMBED_CONTENT) {
      out.name("embedding");
      writeValues(vectors[0], out);
    } else {
      out.name("embeddings").beginArray();
      for (RawJson vector : vectors) {
        writeValues(vector, out);
      }
      out.endArray();
    }
    Usage usage = read.usage();
    if (!usage.equals(Usage.NONE)) {
      out.name("usageMetadata").beginObject();
      out.member("promptTokenCount", usage.input()).member("totalTokenCount", usage.input());
      out.endObject();
    }
    out.endObject();
  }

  private static void writeValues(RawJson vector, JsonWriter out)
      throws MalformedJson, Untranslatable {
    out.beginObject().name("values");
    Floats.writeNumbers(vector, out);
    out.endObject();
  }
}
