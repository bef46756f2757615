package dev.probity.gateway.openai;

import dev.probity.gateway.answer.Tokens;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.kernel.Usage;

/**
 * Reads OpenAI's way of counting, in which what was cached is part of the input and reasoning part
 * of the output, and takes the parts asunder.
 */
final class OpenAiUsage {
  private final int object;
  private final int input;
  private final int cached;
  private final int cachedElsewhere;
  private final int cacheHit;
  private final int cacheWritten;
  private final int output;
  private final int reasoning;
  private final int total;

  /** The words of chat completions and of responses. */
  private record Words(String input, String output) {
    static final Words CHAT = new Words("prompt", "completion");
    static final Words RESPONSES = new Words("input", "output");
  }

  private OpenAiUsage(JsonPaths paths, String at, Words words) {
    String in = at + "." + words.input + "_tokens";
    String out = at + "." + words.output + "_tokens";
    object = paths.index(at);
    input = paths.index(in);
    cached = paths.index(in + "_details.cached_tokens");
    cachedElsewhere = paths.index(at + ".cached_tokens");
    cacheHit = paths.index(at + ".prompt_cache_hit_tokens");
    cacheWritten = paths.index(in + "_details.cache_write_tokens");
    output = paths.index(out);
    reasoning = paths.index(out + "_details.reasoning_tokens");
    total = paths.index(at + ".total_tokens");
  }

  private static JsonPaths.Builder watch(JsonPaths.Builder paths, String at, Words words) {
    String in = at + "." + words.input + "_tokens";
    String out = at + "." + words.output + "_tokens";
    return paths.value(
        in,
        in + "_details.cached_tokens",
        at + ".cached_tokens",
        at + ".prompt_cache_hit_tokens",
        in + "_details.cache_write_tokens",
        out,
        out + "_details.reasoning_tokens",
        at + ".total_tokens");
  }

  static JsonPaths.Builder watchChat(JsonPaths.Builder paths, String at) {
    return watch(paths, at, Words.CHAT);
  }

  static JsonPaths.Builder watchResponses(JsonPaths.Builder paths, String at) {
    return watch(paths, at, Words.RESPONSES);
  }

  static OpenAiUsage ofChat(JsonPaths paths, String at) {
    return new OpenAiUsage(paths, at, Words.CHAT);
  }

  static OpenAiUsage ofResponses(JsonPaths paths, String at) {
    return new OpenAiUsage(paths, at, Words.RESPONSES);
  }

  /** Whether the document counts anything. */
  boolean isIn(JsonScanner json) {
    return json.kind(object) == JsonKind.OBJECT
        && (Tokens.isAt(json, input) || Tokens.isAt(json, output) || Tokens.isAt(json, total));
  }

  Usage read(JsonScanner json) {
    long in = Tokens.at(json, input);
    long out = Tokens.at(json, output);
    long all = Tokens.at(json, total);
    long thought = Tokens.at(json, reasoning);
    if (!Tokens.isAt(json, input)) {
      in = Math.max(0, all - out);
    }
    // Some compatible providers leave their reasoning out of the output, but not out of the total.
    long outside = Math.max(0, all - in - out);
    out += outside;
    if (!Tokens.isAt(json, reasoning)) {
      thought = outside;
    }
    thought = Tokens.part(thought, out);
    long read = Tokens.part(cached(json), in);
    long written = Tokens.part(Tokens.at(json, cacheWritten), in - read);
    return new Usage(in - read - written, read, written, 0, out - thought, thought, 0);
  }

  /** Where OpenAI puts it, or else where compatible providers do (Moonshot, DeepSeek). */
  private long cached(JsonScanner json) {
    if (Tokens.isAt(json, cached)) {
      return Tokens.at(json, cached);
    }
    return Tokens.isAt(json, cachedElsewhere)
        ? Tokens.at(json, cachedElsewhere)
        : Tokens.at(json, cacheHit);
  }
}
