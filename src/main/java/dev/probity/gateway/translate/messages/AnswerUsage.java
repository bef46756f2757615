package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.kernel.Usage;

/** Writes usage in Anthropic's way: the cache's tokens beside the input, not in it. */
final class AnswerUsage {
  private AnswerUsage() {}

  /** As the whole message has it. */
  static void write(Usage usage, JsonWriter out) {
    out.beginObject();
    counts(usage, out);
    out.name("cache_creation")
        .beginObject()
        .member("ephemeral_5m_input_tokens", usage.cacheWrite5m())
        .member("ephemeral_1h_input_tokens", usage.cacheWrite1h())
        .endObject();
    out.endObject();
  }

  /** As a stream begins: some clients add what is said here of the output to what is at the end. */
  static void writeFirst(Usage usage, JsonWriter out) {
    write(
        new Usage(
            usage.uncachedInput(),
            usage.cacheRead(),
            usage.cacheWrite5m(),
            usage.cacheWrite1h(),
            0,
            0,
            usage.toolPrompt()),
        out);
  }

  /** As the last but one event of a stream has it. */
  static void writeFinal(Usage usage, JsonWriter out) {
    out.beginObject();
    counts(usage, out);
    out.endObject();
  }

  private static void counts(Usage usage, JsonWriter out) {
    out.member("input_tokens", usage.uncachedInput() + usage.toolPrompt())
        .member("cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
        .member("cache_read_input_tokens", usage.cacheRead())
        .member("output_tokens", usage.output());
    if (usage.outputReasoning() > 0) {
      out.name("output_tokens_details")
          .beginObject()
          .member("thinking_tokens", usage.outputReasoning())
          .endObject();
    }
  }
}
