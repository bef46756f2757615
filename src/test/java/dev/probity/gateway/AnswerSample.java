package dev.probity.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.answer.AnswerReader;
import dev.probity.kernel.Usage;
import java.util.List;

/**
 * An answer and what must be read off it.
 *
 * @param providerTotal what the provider says the tokens come to; -1 if it does not say
 */
record AnswerSample(
    String name,
    Operation operation,
    boolean eventStream,
    String text,
    Found found,
    long providerTotal) {

  record Found(
      Usage usage,
      boolean isFinal,
      boolean content,
      long contentBytes,
      boolean complete,
      String error,
      String serviceTier) {
    static Found in(AnswerReader reader) {
      return new Found(
          reader.usage(),
          reader.usageIsFinal(),
          reader.sawContent(),
          reader.contentBytes(),
          reader.complete(),
          reader.error(),
          reader.serviceTier());
    }
  }

  byte[] bytes() {
    return text.getBytes(UTF_8);
  }

  AnswerReader reader() {
    return AnswerReaders.forOperation(operation, eventStream);
  }

  @Override
  public String toString() {
    return name;
  }

  static List<AnswerSample> all() {
    return java.util.stream.Stream.of(
            ChatSamples.all(), ResponsesSamples.all(), MessagesSamples.all(), GeminiSamples.all())
        .flatMap(List::stream)
        .toList();
  }
}
