package dev.probity.gateway.upstream.simulated.script;

import dev.probity.kernel.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What the model will do, in no vendor's words.
 *
 * @param reasoning empty if it does not show any
 * @param cutShort whether the text ended at the request's token limit
 * @param searches how often the provider's own search is used
 * @param saidUsage the usage to report, if the prompt says it
 */
public record Script(
    String reasoning,
    String text,
    List<ToolUse> calls,
    boolean cutShort,
    int searches,
    Optional<Usage> saidUsage) {
  private static final long SEARCH_TOKENS = 64;

  /** What this costs, after a prompt that cost so much. */
  public Usage usage(Usage prompt) {
    if (saidUsage.isPresent()) {
      return saidUsage.get();
    }
    long output = Tokens.of(text);
    for (ToolUse call : calls) {
      output += Tokens.of(call.name()) + Tokens.of(call.arguments());
    }
    return prompt.plus(
        new Usage(0, 0, 0, 0, Math.max(1, output), Tokens.of(reasoning), searches * SEARCH_TOKENS));
  }
}
