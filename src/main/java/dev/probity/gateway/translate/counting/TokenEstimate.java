package dev.probity.gateway.translate.counting;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Tool;

/**
 * About how many tokens a prompt has, for providers that can't count: a quarter of its bytes, a few
 * for each message, and flat numbers for media, whose size says little.
 */
public final class TokenEstimate {
  /** An image: what Anthropic counts for one of the largest size that it looks at, rounded. */
  public static final long IMAGE_TOKENS = 1_600;

  /** A document, a sound or a film: about five pages, or a minute. */
  public static final long OTHER_MEDIA_TOKENS = 2_000;

  private static final int BYTES_A_TOKEN = 4;
  private static final long TURN_TOKENS = 4;

  private long bytes;
  private long tokens;

  private TokenEstimate() {}

  /** Tokens of the prompt, tools included; at least 1. */
  public static long of(Prompt prompt) {
    TokenEstimate estimate = new TokenEstimate();
    prompt.instructions().forEach(estimate::add);
    for (Turn turn : prompt.turns()) {
      estimate.tokens += TURN_TOKENS;
      turn.parts().forEach(estimate::add);
    }
    prompt.tools().forEach(estimate::add);
    if (prompt.format() instanceof OutputFormat.Schema schema) {
      estimate.add(schema.schema());
    }
    return Math.max(1, estimate.tokens + Math.ceilDiv(estimate.bytes, BYTES_A_TOKEN));
  }

  private void add(RawText text) {
    bytes += text.length();
  }

  private void add(RawJson json) {
    bytes += json.length();
  }

  private void add(Part part) {
    switch (part) {
      case Part.Text text -> add(text.text());
      case Part.Media media -> {
        if (media.source() instanceof Part.InlineText text) {
          add(text.text());
        } else {
          tokens += media.kind() == Part.Media.Kind.IMAGE ? IMAGE_TOKENS : OTHER_MEDIA_TOKENS;
        }
      }
      case Part.Thought thought -> add(thought.text());
      case Part.ToolCall call -> {
        add(call.name());
        add(call.input());
      }
      case Part.ToolResult result -> {
        result.content().forEach(this::add);
        result.structured().ifPresent(this::add);
      }
      case Part.Declined declined -> add(declined.text());
      case Part.Foreign foreign -> add(foreign.block());
    }
  }

  private void add(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        add(function.name());
        function.description().ifPresent(this::add);
        function.schema().ifPresent(this::add);
      }
      case Tool.Custom custom -> {
        add(custom.name());
        custom.description().ifPresent(this::add);
        custom.format().ifPresent(this::add);
      }
      case Tool.Server server -> add(server.definition());
    }
  }
}
