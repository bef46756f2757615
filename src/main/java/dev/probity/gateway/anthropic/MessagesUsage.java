package dev.probity.gateway.anthropic;

import dev.probity.gateway.answer.Tokens;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.kernel.Usage;

/**
 * Reads Anthropic's way of counting, in which the cache's tokens are beside the input and thinking
 * is part of the output. A stream counts twice, and what it says later counts.
 *
 * <p>A call that ran several models or passes lists them as {@code iterations}, and its totals
 * leave some of them out (a compaction, an advisor), though all are charged: so the larger of the
 * two is the count.
 */
final class MessagesUsage {
  private static final String[] FIELDS = {
    "input_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
    "cache_creation.ephemeral_5m_input_tokens",
    "cache_creation.ephemeral_1h_input_tokens",
    "output_tokens",
    "output_tokens_details.thinking_tokens"
  };
  private static final int INPUT = 0;
  private static final int READ = 1;
  private static final int WRITTEN = 2;
  private static final int WRITTEN_5M = 3;
  private static final int WRITTEN_1H = 4;
  private static final int OUTPUT = 5;
  private static final int THINKING = 6;

  /** Where one document keeps its usage. */
  static final class Place {
    private final int object;
    private final int iterations;
    private final int[] totals = new int[FIELDS.length];
    private final int[] parts = new int[FIELDS.length];

    Place(JsonPaths paths, String at) {
      object = paths.index(at);
      iterations = paths.index(at + ".iterations");
      for (int i = 0; i < FIELDS.length; i++) {
        totals[i] = paths.index(at + "." + FIELDS[i]);
        parts[i] = paths.index(at + ".iterations[]." + FIELDS[i]);
      }
    }
  }

  private final long[] said = new long[FIELDS.length];
  private final boolean[] isSaid = new boolean[FIELDS.length];
  private final long[] sums = new long[FIELDS.length];
  private boolean iterated;

  static JsonPaths.Builder watch(JsonPaths.Builder paths, String at) {
    for (String field : FIELDS) {
      paths.value(at + "." + field, at + ".iterations[]." + field);
    }
    return paths;
  }

  /** Takes what a document says, over what was said before; whether it says anything. */
  boolean take(JsonScanner json, Place place) {
    if (json.kind(place.object) != JsonKind.OBJECT) {
      return false;
    }
    for (int i = 0; i < FIELDS.length; i++) {
      if (Tokens.isAt(json, place.totals[i])) {
        said[i] = Tokens.at(json, place.totals[i]);
        isSaid[i] = true;
      }
    }
    if (json.isFilled(place.iterations)) {
      iterated = true;
      for (int i = 0; i < FIELDS.length; i++) {
        sums[i] = Tokens.sum(json, place.parts[i]);
      }
    }
    return true;
  }

  boolean saysOutput(JsonScanner json, Place place) {
    return Tokens.isAt(json, place.totals[OUTPUT]);
  }

  Usage usage() {
    Usage total =
        disjoint(said, isSaid[WRITTEN] ? said[WRITTEN] : said[WRITTEN_5M] + said[WRITTEN_1H]);
    if (!iterated) {
      return total;
    }
    Usage sum = disjoint(sums, Math.max(sums[WRITTEN], sums[WRITTEN_5M] + sums[WRITTEN_1H]));
    return sum.total() > total.total() ? sum : total;
  }

  /** Where the parts of what was written are more than all of it, all of it stands. */
  private static Usage disjoint(long[] counts, long written) {
    long for1h = Tokens.part(counts[WRITTEN_1H], written);
    long thinking = Tokens.part(counts[THINKING], counts[OUTPUT]);
    return new Usage(
        counts[INPUT],
        counts[READ],
        written - for1h,
        for1h,
        counts[OUTPUT] - thinking,
        thinking,
        0);
  }
}
