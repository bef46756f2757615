package dev.probity.telemetry.counting;

import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums on the heap. */
final class HeapSums implements SumChanges {
  private final Map<Group, long[]> sums = new HashMap<>();

  @Override
  public long[] at(long hourMillis, Dimensions dimensions) {
    return sums.computeIfAbsent(
        new Group(hourMillis, dimensions), g -> new long[Figure.values().length]);
  }

  /** Every place where something is. */
  Map<Group, Figures> places() {
    return sums.entrySet().stream()
        .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(value -> value != 0))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Figures.of(entry.getValue())));
  }

  Figures total() {
    return places().values().stream().reduce(Figures.NONE, Figures::plus);
  }
}
