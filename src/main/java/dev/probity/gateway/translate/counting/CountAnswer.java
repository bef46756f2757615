package dev.probity.gateway.translate.counting;

import dev.probity.gateway.Operation;
import dev.probity.gateway.json.JsonWriter;

/** Says how many tokens a prompt has, as the client knows it. */
public final class CountAnswer {
  private CountAnswer() {}

  /**
   * Writes a whole answer.
   *
   * @param asked one that counts tokens
   */
  public static void write(Operation asked, long tokens, JsonWriter out) {
    out.beginObject();
    switch (asked) {
      case COUNT_TOKENS -> out.member("totalTokens", tokens);
      case COUNT_MESSAGE_TOKENS -> out.member("input_tokens", tokens);
      case COUNT_RESPONSE_TOKENS ->
          out.member("object", "response.input_tokens").member("input_tokens", tokens);
      default ->
          throw new IllegalArgumentException("asked: " + asked + " (expected: one that counts)");
    }
    out.endObject();
  }
}
