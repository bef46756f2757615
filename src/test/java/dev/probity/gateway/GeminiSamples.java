package dev.probity.gateway;

import dev.probity.gateway.AnswerSample.Found;
import dev.probity.kernel.Usage;
import java.util.List;

/** Answers of Google's generateContent and its kin. */
final class GeminiSamples {
  private static final String FIRST =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hmm\",\"thought\":true}],"
          + "\"role\":\"model\"},\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":55,"
          + "\"totalTokenCount\":75,\"thoughtsTokenCount\":20}}";
  private static final String SECOND =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Grü\"},{\"functionCall\":"
          + "{\"name\":\"f\",\"args\":{\"a\":1}}}]}}],\"usageMetadata\":{\"promptTokenCount\":55,"
          + "\"candidatesTokenCount\":30,\"totalTokenCount\":105,\"thoughtsTokenCount\":20}}";
  private static final String LAST =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\"}],"
          + "\"usageMetadata\":{\"promptTokenCount\":55,\"cachedContentTokenCount\":15,"
          + "\"candidatesTokenCount\":51,\"totalTokenCount\":251,\"toolUsePromptTokenCount\":89,"
          + "\"thoughtsTokenCount\":56,\"serviceTier\":\"standard\"}}";
  private static final Usage COUNTED = new Usage(40, 15, 0, 0, 51, 56, 89);
  private static final Found WHOLE = new Found(COUNTED, true, true, 34, true, "", "standard");

  private GeminiSamples() {}

  static final String STREAM =
      "data: " + FIRST + "\r\n\r\ndata: " + SECOND + "\r\n\r\ndata: " + LAST + "\r\n\r\n";

  static List<AnswerSample> all() {
    return List.of(
        sample("gemini stream", Operation.STREAM_GENERATE_CONTENT, true, STREAM, WHOLE, 251),
        sample(
            "gemini stream as an array",
            Operation.STREAM_GENERATE_CONTENT,
            false,
            "[" + FIRST + "\n,\r\n" + SECOND + ",\n" + LAST + "\n]\n",
            WHOLE,
            251),
        sample(
            "gemini stream that breaks off",
            Operation.STREAM_GENERATE_CONTENT,
            true,
            "data: " + FIRST + "\n\ndata: " + SECOND + "\n\n",
            new Found(new Usage(55, 0, 0, 0, 30, 20, 0), false, true, 34, false, "", ""),
            105),
        sample(
            "gemini stream as an array that breaks off",
            Operation.STREAM_GENERATE_CONTENT,
            false,
            "[" + FIRST + "\n,",
            new Found(new Usage(55, 0, 0, 0, 0, 20, 0), false, true, 3, false, "", ""),
            75),
        sample(
            "gemini error in an array",
            Operation.STREAM_GENERATE_CONTENT,
            false,
            "[{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\"}}]",
            new Found(Usage.NONE, false, false, 0, true, "resource_exhausted", ""),
            -1),
        sample(
            "gemini blocked",
            Operation.STREAM_GENERATE_CONTENT,
            true,
            "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"},"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4}}\n\n",
            new Found(new Usage(4, 0, 0, 0, 0, 0, 0), true, false, 0, true, "", ""),
            4),
        sample(
            "gemini",
            Operation.GENERATE_CONTENT,
            false,
            LAST + "\n",
            new Found(COUNTED, true, false, 0, true, "", "standard"),
            251),
        sample(
            "gemini, a total beyond its parts",
            Operation.GENERATE_CONTENT,
            false,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"AA==\"}}]}}],"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"cachedContentTokenCount\":9,"
                + "\"totalTokenCount\":10}}",
            new Found(new Usage(0, 4, 0, 0, 6, 0, 0), true, true, 0, true, "", ""),
            10),
        sample(
            "gemini error",
            Operation.GENERATE_CONTENT,
            false,
            "{\"error\":{\"code\":503,\"message\":\"m\"}}",
            new Found(Usage.NONE, false, false, 0, true, "status_503", ""),
            -1),
        sample(
            "gemini count",
            Operation.COUNT_TOKENS,
            false,
            "{\"totalTokens\":31,\"cachedContentTokenCount\":3}",
            new Found(Usage.NONE, false, false, 0, true, "", ""),
            -1),
        sample(
            "gemini embeddings",
            Operation.BATCH_EMBED_CONTENTS,
            false,
            "{\"embeddings\":[{\"values\":[0.5,-0.25]}],\"usageMetadata\":{\"promptTokenCount\":12}}",
            new Found(new Usage(12, 0, 0, 0, 0, 0, 0), true, true, 0, true, "", ""),
            12));
  }

  private static AnswerSample sample(
      String name, Operation operation, boolean stream, String text, Found found, long total) {
    return new AnswerSample(name, operation, stream, text, found, total);
  }
}
