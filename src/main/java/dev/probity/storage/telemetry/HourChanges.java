package dev.probity.storage.telemetry;

import dev.probity.telemetry.counting.SumChanges;
import dev.probity.telemetry.sessions.Dimensions;
import java.util.HashMap;
import java.util.Map;

/** What a batch changes in the sums, added up in memory. */
final class HourChanges {
  /** Takes one sum's change. */
  interface Taker {
    void change(long organization, long hourMillis, Dimensions dimensions, long[] change);
  }

  private record Sum(long organization, long hourMillis, Dimensions dimensions) {}

  private final Map<Sum, long[]> changes = new HashMap<>();

  /** Where an organization's sessions add to. */
  SumChanges of(long organization) {
    return (hourMillis, dimensions) -> at(organization, hourMillis, dimensions);
  }

  long[] at(long organization, long hourMillis, Dimensions dimensions) {
    return changes.computeIfAbsent(
        new Sum(organization, hourMillis, dimensions), _ -> new long[FigureBytes.COUNT]);
  }

  /** Adds another's changes. */
  void addAll(HourChanges other) {
    other.forEach((organization, hour, dimensions, change) -> {
      long[] sum = at(organization, hour, dimensions);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += change[i];
      }
    });
  }

  void forEach(Taker taker) {
    changes.forEach(
        (sum, change) -> taker.change(sum.organization, sum.hourMillis, sum.dimensions, change));
  }
}
