package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads whole answers of providers of OpenAI's responses. */
public final class ResponsesDocumentDecoder implements AnswerDecoder {
  private boolean read;

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    read = true;
    ResponseState response = ResponseState.read(data);
    if (!response.error().isNull()) {
      out.accept(new AnswerEvent.Failed(ResponseFailures.read(response.error())));
      return;
    }
    switch (response.status()) {
      case "", "completed", "incomplete" -> {
        out.accept(new AnswerEvent.Begun(response.id(), response.model()));
        String incomplete = response.incomplete();
        if (incomplete.isEmpty() && response.status().equals("incomplete")) {
          incomplete = "max_output_tokens";
        }
        new OutputReader().finish(response.output(), incomplete, out);
      }
      default ->
          throw Untranslatable.answer(
              "response_" + response.status(),
              "The model's provider answered with a response that is '"
                  + response.status()
                  + "'. Try again.");
    }
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (!read) {
      throw Untranslatable.answer("empty_answer", "The model's provider answered with nothing.");
    }
  }
}
