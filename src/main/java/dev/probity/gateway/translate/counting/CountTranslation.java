package dev.probity.gateway.translate.counting;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.AnswerTranslation;
import dev.probity.gateway.translate.CallTranslation;
import dev.probity.gateway.translate.Translators;
import dev.probity.gateway.translate.Translators.Asked;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that counts a prompt's tokens. The prompt is read and written as for an answer; of what is
 * written only what the endpoint takes is sent.
 */
public final class CountTranslation implements CallTranslation {
  private static final Set<String> OF_MESSAGES =
      Set.of("model", "messages", "system", "tools", "tool_choice", "thinking", "output_config");
  private static final Set<String> OF_RESPONSES =
      Set.of(
          "model",
          "input",
          "instructions",
          "tools",
          "tool_choice",
          "text",
          "reasoning",
          "parallel_tool_calls",
          "truncation");

  private final Asked asked;
  private final Losses decoding = new Losses();
  private @Nullable Prompt prompt;

  public CountTranslation(Asked asked) {
    this.asked = asked;
  }

  /** What is to be counted; for an estimate, too. */
  public Prompt prompt() throws Untranslatable, MalformedJson {
    Prompt known = prompt;
    if (known == null) {
      Prompt whole = Translators.requestDecoder(asked.operation()).decode(request(asked), decoding);
      // How the answer is to be made does not count.
      known =
          new Prompt(
              whole.instructions(),
              Fragments.whole(whole.turns()),
              whole.tools(),
              whole.toolChoice(),
              whole.reasoning(),
              whole.format(),
              Map.of(),
              whole.rest());
      prompt = known;
    }
    return known;
  }

  private static RawJson request(Asked asked) throws MalformedJson {
    return asked.operation() == Operation.COUNT_TOKENS ? inner(asked.body()) : asked.body();
  }

  /** Google's clients send contents, or a whole request to count. */
  private static RawJson inner(RawJson body) throws MalformedJson {
    RawJson found = body;
    JsonCursor json = body.cursor();
    json.enterObject();
    while (json.nextMember()) {
      boolean whole =
          json.name().equals("generateContentRequest")
              || json.name().equals("generate_content_request");
      if (whole && !json.skipNull()) {
        found = json.raw();
      }
    }
    return found;
  }

  @Override
  public void request(Operation sent, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    Prompt known = prompt();
    losses.addAll(decoding);
    JsonWriter whole = new JsonWriter();
    Translators.requestEncoder(sent.dialect())
        .encode(known, new Target(target.model(), false), whole, losses);
    switch (sent) {
      case COUNT_TOKENS -> {
        out.beginObject().name("generateContentRequest").beginObject();
        out.member("model", "models/" + target.model());
        copy(whole.toJson(), Set.of(), out);
        out.endObject().endObject();
      }
      case COUNT_RESPONSE_TOKENS -> {
        out.beginObject();
        copy(whole.toJson(), OF_RESPONSES, out);
        out.endObject();
      }
      default -> {
        out.beginObject();
        copy(whole.toJson(), OF_MESSAGES, out);
        out.endObject();
      }
    }
  }

  /**
   * Copies members.
   *
   * @param names those to be copied; empty for all
   */
  private static void copy(RawJson object, Set<String> names, JsonWriter out) throws MalformedJson {
    JsonCursor json = object.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (names.isEmpty() || names.contains(json.name())) {
        out.member(json.name(), json.raw());
      }
    }
  }

  @Override
  public AnswerTranslation answer(Operation sent, boolean eventStream, AnswerReader read) {
    return new Count(asked.operation());
  }

  private record Count(Operation operation) implements AnswerTranslation {
    @Override
    public void event(String name, RawJson data, JsonWriter out)
        throws Untranslatable, MalformedJson {
      long tokens = -1;
      JsonCursor json = data.cursor();
      json.enterObject();
      while (json.nextMember()) {
        switch (json.name()) {
          case "totalTokens", "input_tokens" -> tokens = json.integerOr(-1);
          default -> json.skip();
        }
      }
      if (tokens < 0) {
        throw Untranslatable.answer(
            "upstream_malformed", "The provider's answer has no count. Try again.");
      }
      CountAnswer.write(operation, tokens, out);
    }

    @Override
    public void end(JsonWriter out) {
      // The document was the end.
    }
  }
}
