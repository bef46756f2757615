package dev.probity.gateway.translate;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.Translators.Asked;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call for a model's answer: dialect to neutral form to dialect, and back. */
final class PromptTranslation implements CallTranslation {
  private final Asked asked;
  private final Losses decoding = new Losses();
  private @Nullable Prompt prompt;

  PromptTranslation(Asked asked) {
    this.asked = asked;
  }

  private Prompt prompt() throws Untranslatable, MalformedJson {
    Prompt known = prompt;
    if (known == null) {
      known = Translators.requestDecoder(asked).decode(asked.body(), decoding);
      prompt = known;
    }
    return known;
  }

  @Override
  public void request(Operation sent, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    Prompt decoded = prompt();
    losses.addAll(decoding);
    Translators.requestEncoder(sent.dialect()).encode(decoded, target, out, losses);
  }

  @Override
  public AnswerTranslation answer(Operation sent, boolean eventStream, AnswerReader read) {
    Prompt decoded = prompt;
    if (decoded == null) {
      throw new IllegalStateException("the answer comes before its request");
    }
    AnswerFrame frame =
        new AnswerFrame(
            asked.id(),
            asked.operation(),
            asked.stream(),
            asked.body(),
            decoded,
            asked.model(),
            asked.createdSeconds(),
            read);
    return new PromptAnswer(
        decoded,
        Translators.answerDecoder(sent.dialect(), eventStream),
        Translators.answerEncoder(asked, frame));
  }

  private static final class PromptAnswer implements AnswerTranslation, Consumer<AnswerEvent> {
    private final AnswerDecoder decoder;
    private final AnswerEncoder encoder;
    private final Consumer<AnswerEvent> events;
    private @Nullable JsonWriter writing;
    private @Nullable Untranslatable failure;

    PromptAnswer(Prompt prompt, AnswerDecoder decoder, AnswerEncoder encoder) {
      this.decoder = decoder;
      this.encoder = encoder;
      this.events = FreeformCalls.before(this, prompt);
    }

    @Override
    public void event(String name, RawJson data, JsonWriter out)
        throws Untranslatable, MalformedJson {
      writing = out;
      decoder.event(name, data, events);
      check();
    }

    @Override
    public void end(JsonWriter out) throws Untranslatable {
      writing = out;
      decoder.end(events);
      check();
    }

    @Override
    public void accept(AnswerEvent event) {
      JsonWriter out = writing;
      if (out == null || failure != null) {
        return;
      }
      try {
        if (event instanceof AnswerEvent.Failed failed) {
          throw new Untranslatable(failed.refusal());
        }
        encoder.accept(event, out);
      } catch (Untranslatable e) {
        failure = e;
      }
    }

    private void check() throws Untranslatable {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
