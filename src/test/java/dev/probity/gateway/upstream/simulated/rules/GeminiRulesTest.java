package dev.probity.gateway.upstream.simulated.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiRulesTest {
  private static final String ASK = "{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}";
  private static final String CALL = "{\"functionCall\":{\"name\":\"f\",\"args\":{}}%s}";
  private static final String RESULT = "{\"functionResponse\":{\"name\":\"f\",\"response\":{}}}";
  private static final String SIGNATURE = Sight.seal("google", "hm");

  private static void check(String body, String model) {
    GeminiRules.check(Trees.parse(body), model);
  }

  private static String contents(String... contents) {
    return "{\"contents\":[" + String.join(",", contents) + "]}";
  }

  private static String model(String... parts) {
    return "{\"role\":\"model\",\"parts\":[" + String.join(",", parts) + "]}";
  }

  private static String user(String... parts) {
    return "{\"role\":\"user\",\"parts\":[" + String.join(",", parts) + "]}";
  }

  private static void refused(String body, String model, String words) {
    assertThatThrownBy(() -> check(body, model))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"novelty\":1|Unknown name \"novelty\": Cannot find field.",
        "\"generationConfig\":{\"max_tokens\":1}|Unknown name \"max_tokens\" at 'generation_config'",
        "\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":1,\"thinkingLevel\":\"LOW\"}}"
            + "|only one of thinking budget and thinking level",
        "\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"XHIGH\"}}|thinking_level",
        "\"generationConfig\":{\"responseJsonSchema\":{}}|response_mime_type",
        "\"generationConfig\":{\"stopSequences\":[\"\",\"\",\"\",\"\",\"\",\"\"]}|at most 5",
        "\"tools\":[{\"function_declarations\":[{\"name\":\"f\",\"parameters\":{\"$schema\":1}}]}]"
            + "|Unknown name \"$schema\" at 'tools[0].function_declarations[0].parameters'",
        "\"tools\":[{\"functionDeclarations\":[{\"name\":\"9 lives\"}]}]|Invalid function name",
        "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]},{\"googleSearch\":{}}]"
            + "|include_server_side_tool_invocations",
        "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}|without function_declarations",
        "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"any\"}}|Invalid value at",
        "\"model\":\"models/other\"|does not match the model in the URL"
      })
  void refusesMembers(String member, String words) {
    refused("{\"contents\":[" + ASK + "]," + member + "}", "gemini-3-pro", words);
  }

  @Test
  void refusesParts() {
    refused(contents("{\"role\":\"assistant\",\"parts\":[{\"text\":\"\"}]}"), "m", "valid role");
    refused(contents(user()), "m", "contents.parts must not be empty");
    refused(contents(user("{}")), "m", "required oneof field 'data'");
    refused(contents(user("{\"text\":\"a\",\"inlineData\":{}}")), "m", "already set");
    refused(contents(user("{\"text\":\"a\",\"type\":\"text\"}")), "m", "Unknown name \"type\"");
    refused(
        contents(user("{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"%%\"}}")),
        "m",
        "Base64 decoding failed");
  }

  @Test
  void wantsAsManyResultsAsCalls() {
    String call = CALL.formatted("");
    refused(contents(ASK, model(call, call), user(RESULT)), "m", "is equal to the number");
    refused(contents(ASK, model(call), ASK), "m", "is equal to the number");
    refused(contents(ASK, user(RESULT)), "m", "immediately after a function call turn");
    assertThatCode(
            () -> {
              check(contents(ASK, model(call, call), user(RESULT, RESULT)), "m");
              check(contents(ASK, model(call), model(call), user(RESULT, RESULT), ASK), "m");
              check(contents(ASK, model(call)), "m");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void wantsTheCallsOfTheTurnSignedByItself() {
    String unsigned = contents(ASK, model(CALL.formatted("")), user(RESULT));
    refused(unsigned, "gemini-3.5-flash", "missing a thought_signature");
    assertThatCode(() -> check(unsigned, "gemini-2.5-pro")).doesNotThrowAnyException();
    for (String good : new String[] {SIGNATURE, "skip_thought_signature_validator"}) {
      String signed = CALL.formatted(",\"thoughtSignature\":\"" + good + "\"");
      assertThatCode(() ->
              check(
                  contents(
                      ASK,
                      model(CALL.formatted("")),
                      user(RESULT),
                      model("{\"text\":\"done\"}"),
                      ASK,
                      model(signed, CALL.formatted("")),
                      user(RESULT, RESULT)),
                  "gemini-3-pro"))
          .doesNotThrowAnyException();
    }
    String foreign = CALL.formatted(",\"thoughtSignature\":\"RXIrLz09\"");
    refused(contents(ASK, model(foreign), user(RESULT)), "m", "Corrupted thought signature");
    String envelope = CALL.formatted(",\"thoughtSignature\":\"pbty1.messages.s..eA\"");
    refused(contents(ASK, model(envelope), user(RESULT)), "m", "Base64 decoding failed");
  }
}
