package dev.probity.gateway.translate.embedding;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.AnswerTranslation;
import dev.probity.gateway.translate.CallTranslation;
import dev.probity.gateway.translate.Translators.Asked;
import org.jspecify.annotations.Nullable;

/** A call for embeddings: OpenAI's {@code /v1/embeddings} to Google's, and the other way. */
public final class EmbeddingTranslation implements CallTranslation {
  private final Asked asked;
  private final Losses reading = new Losses();
  private @Nullable Inputs inputs;

  public EmbeddingTranslation(Asked asked) {
    this.asked = asked;
  }

  private Inputs inputs() throws Untranslatable, MalformedJson {
    Inputs known = inputs;
    if (known == null) {
      known =
          switch (asked.operation()) {
            case EMBED_CONTENT -> new ContentInputs(reading).one(asked.body());
            case BATCH_EMBED_CONTENTS -> new ContentInputs(reading).several(asked.body());
            default -> new TextInputs(reading).read(asked.body());
          };
      inputs = known;
    }
    return known;
  }

  @Override
  public void request(Operation sent, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    Inputs known = inputs();
    losses.addAll(reading);
    if (sent == Operation.EMBEDDING) {
      known.writeTexts(target.model(), out);
    } else {
      known.writeContents(target.model(), out);
    }
  }

  @Override
  public AnswerTranslation answer(Operation sent, boolean eventStream, AnswerReader read) {
    Inputs known = inputs;
    if (known == null) {
      throw new IllegalStateException("the answer comes before its request");
    }
    return new Vectors(asked, known, read);
  }

  /** One document, read and written at once. */
  private static final class Vectors implements AnswerTranslation {
    private final Asked asked;
    private final Inputs inputs;
    private final AnswerReader read;

    Vectors(Asked asked, Inputs inputs, AnswerReader read) {
      this.asked = asked;
      this.inputs = inputs;
      this.read = read;
    }

    @Override
    public void event(String name, RawJson data, JsonWriter out)
        throws Untranslatable, MalformedJson {
      new EmbeddingAnswer(asked, inputs, read).translate(data, out);
    }

    @Override
    public void end(JsonWriter out) {
      // The document was the end.
    }
  }
}
