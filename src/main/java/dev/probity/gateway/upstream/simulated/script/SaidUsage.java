package dev.probity.gateway.upstream.simulated.script;

import dev.probity.kernel.Usage;
import java.util.HashMap;
import java.util.Map;

/** Usage that a prompt dictates: {@code uncached_input=1202 cache_read=4000 output_text=42}. */
final class SaidUsage {
  private static final long MOST = 1L << 40;

  private SaidUsage() {}

  /** What is not named, or is no number, is 0. */
  static Usage read(String text) {
    Map<String, Long> parts = new HashMap<>();
    for (String part : text.split("\\s+")) {
      int sign = part.indexOf('=');
      if (sign > 0) {
        parts.put(part.substring(0, sign), number(part.substring(sign + 1)));
      }
    }
    return new Usage(
        parts.getOrDefault("uncached_input", 0L),
        parts.getOrDefault("cache_read", 0L),
        parts.getOrDefault("cache_write_5m", 0L),
        parts.getOrDefault("cache_write_1h", 0L),
        parts.getOrDefault("output_text", 0L),
        parts.getOrDefault("output_reasoning", 0L),
        parts.getOrDefault("tool_prompt", 0L));
  }

  private static long number(String text) {
    try {
      return Math.clamp(Long.parseLong(text), 0, MOST);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
