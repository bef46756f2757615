package dev.probity.telemetry.dialect;

import dev.probity.kernel.Usage;

/**
 * Turns the ways of counting tokens into {@link Usage}, whose parts never overlap. Whatever an
 * agent says, no part is negative and no token counts twice.
 */
final class Tokens {
  private Tokens() {}

  /** Input excludes what was read from the cache or written to it, as Anthropic counts. */
  static Usage exclusive(long input, long cacheRead, long write5m, long write1h, long output) {
    return new Usage(input, cacheRead, write5m, write1h, output, 0, 0);
  }

  /**
   * Input contains what was read from the cache and written to it, output contains reasoning, as
   * OpenAI and OpenTelemetry count. Where the parts are more than the input they can't be contained
   * in it: then it is taken to exclude them, which some clients do against the convention.
   */
  static Usage inclusive(long input, long cacheRead, long write, long output, long reasoning) {
    long cached = cacheRead + write;
    long within = Math.min(reasoning, output);
    return new Usage(
        cached > input ? input : input - cached, cacheRead, write, 0, output - within, within, 0);
  }

  /**
   * Input contains what was cached; thoughts and the prompts of the provider's tools come on top,
   * as Gemini counts. The total decides where a client means it otherwise: if it leaves thoughts or
   * tools out, they are contained in output or input.
   *
   * @param total 0 if it is not known
   */
  static Usage gemini(long input, long cached, long output, long thoughts, long tools, long total) {
    long sum = input + output;
    boolean thoughtsWithin = total > 0 && (total == sum || total == sum + tools) && thoughts > 0;
    boolean toolsWithin = total > 0 && (total == sum || total == sum + thoughts) && tools > 0;
    long read = Math.min(cached, input);
    long toolPrompt = toolsWithin ? Math.min(tools, input - read) : tools;
    long reasoning = thoughtsWithin ? Math.min(thoughts, output) : thoughts;
    return new Usage(
        input - read - (toolsWithin ? toolPrompt : 0),
        read,
        0,
        0,
        thoughtsWithin ? output - reasoning : output,
        reasoning,
        toolPrompt);
  }
}
