package dev.probity.gateway.answer;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonScanner;

/** Token counts as providers write them, kept within reason. */
public final class Tokens {
  /** No call uses a trillion tokens; sums of what is below cannot overflow. */
  private static final long MOST = 1_000_000_000_000L;

  private Tokens() {}

  /** The count at a path: 0 if there is none or it makes no sense. */
  public static long at(JsonScanner json, int path) {
    return limit(json.number(path));
  }

  /** The sum of the counts at a path through an array. */
  public static long sum(JsonScanner json, int path) {
    return json.kind(path) == JsonKind.NUMBER ? limit(json.total(path)) : 0;
  }

  public static boolean isAt(JsonScanner json, int path) {
    return json.kind(path) == JsonKind.NUMBER;
  }

  /** The part of {@code whole} that {@code claimed} can be. */
  public static long part(long claimed, long whole) {
    return Math.min(claimed, Math.max(0, whole));
  }

  private static long limit(long count) {
    return Math.min(MOST, Math.max(0, count));
  }
}
