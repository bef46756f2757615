package dev.probity.gateway.upstream.simulated.script;

import dev.probity.kernel.Clock;
import dev.probity.kernel.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The provider's prompt cache, as far as it shows: which tokens are said to be read from it and
 * written to it. Holds hashes, no text; bounded.
 */
public final class PromptCache {
  /** Shorter prompts are not cached, at any vendor. */
  private static final long LEAST_TOKENS = 1024;

  /** OpenAI counts cached tokens in steps. */
  private static final long STEP = 128;

  private static final int MAX_ENTRIES = 16_384;
  private static final long FIVE_MINUTES = 300_000;
  private static final long ONE_HOUR = 3_600_000;

  private final Clock clock;
  private final Map<Long, Long> expiryMillis =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  public PromptCache(Clock clock) {
    this.clock = clock;
  }

  /** As OpenAI and Google do: whatever is repeated is cached, unasked. */
  public synchronized Usage unasked(String model, Segments prompt) {
    long total = prompt.tokens();
    List<Segments.Segment> segments = prompt.all();
    long read = 0;
    for (Segments.Segment segment : segments) {
      if (alive(model, segment)) {
        read = segment.tokens();
      }
    }
    for (Segments.Segment segment : segments) {
      keep(model, segment, FIVE_MINUTES);
    }
    // The last token is always read afresh, or there would be nothing to go on from.
    read = steps(Math.min(read, total - 1));
    long written = total < LEAST_TOKENS ? 0 : Math.max(0, steps(total) - read);
    return new Usage(total - read - written, read, written, 0, 0, 0, 0);
  }

  /** As Anthropic does: only up to the marks that the client set. */
  public synchronized Usage asked(String model, Segments prompt) {
    List<Segments.Segment> segments = prompt.all();
    long read = 0;
    long lastHour = 0;
    long lastMark = 0;
    for (Segments.Segment segment : segments) {
      if (segment.mark() != Segments.Mark.NONE && segment.tokens() >= LEAST_TOKENS) {
        lastMark = segment.tokens();
        lastHour = segment.mark() == Segments.Mark.ONE_HOUR ? lastMark : lastHour;
      }
    }
    for (Segments.Segment segment : segments) {
      if (segment.tokens() <= lastMark && alive(model, segment)) {
        read = segment.tokens();
      }
    }
    for (Segments.Segment segment : segments) {
      if (segment.mark() != Segments.Mark.NONE && segment.tokens() >= LEAST_TOKENS) {
        keep(model, segment, segment.mark() == Segments.Mark.ONE_HOUR ? ONE_HOUR : FIVE_MINUTES);
      }
    }
    long hour = Math.max(0, lastHour - read);
    long five = Math.max(0, lastMark - Math.max(read, lastHour));
    return new Usage(prompt.tokens() - read - hour - five, read, five, hour, 0, 0, 0);
  }

  private boolean alive(String model, Segments.Segment segment) {
    Long expiry = expiryMillis.get(key(model, segment));
    return expiry != null && expiry > clock.millis();
  }

  private void keep(String model, Segments.Segment segment, long millis) {
    expiryMillis.merge(key(model, segment), clock.millis() + millis, Math::max);
  }

  private static long key(String model, Segments.Segment segment) {
    return segment.hash() * 31 + model.hashCode();
  }

  private static long steps(long tokens) {
    return tokens < LEAST_TOKENS ? 0 : tokens - tokens % STEP;
  }
}
