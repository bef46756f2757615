package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.kernel.Usage;

/** Usage as OpenAI counts: what was cached is part of the input, reasoning part of the output. */
public final class UsageObject {
  private UsageObject() {}

  /** Writes the object; null if nothing was counted. */
  public static void write(Usage usage, JsonWriter out) {
    if (usage.equals(Usage.NONE)) {
      out.nullValue();
      return;
    }
    out.beginObject()
        .member("input_tokens", usage.input())
        .name("input_tokens_details")
        .beginObject()
        .member("cached_tokens", usage.cacheRead())
        .member("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
        .endObject()
        .member("output_tokens", usage.output())
        .name("output_tokens_details")
        .beginObject()
        .member("reasoning_tokens", usage.outputReasoning())
        .endObject()
        .member("total_tokens", usage.total())
        .endObject();
  }
}
