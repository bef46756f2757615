package dev.probity.telemetry.counting;

import dev.probity.telemetry.sessions.Figure;

/** A session's own figures; what is added to them is added to the sums as well, never less. */
final class Totals {
  static final int COUNT = Figure.values().length;

  /**
   * More than one session can be, for any figure: 10^15 tokens, a million dollars. Sums over
   * thousands of absurd sessions still fit.
   */
  static final long LARGEST = 1L << 50;

  private final long[] figures;

  Totals(long[] figures) {
    this.figures = figures;
  }

  long[] figures() {
    return figures;
  }

  /**
   * Adds amounts; they are cut where a figure would become absurd, so that they say what was added.
   */
  void add(long[] amounts, Group group, SumChanges changes) {
    boolean any = false;
    for (int i = 0; i < COUNT; i++) {
      if (amounts[i] != 0) {
        amounts[i] = Math.clamp(figures[i] + amounts[i], -LARGEST, LARGEST) - figures[i];
        figures[i] += amounts[i];
        any |= amounts[i] != 0;
      }
    }
    if (any) {
      addTo(changes.at(group.hourMillis(), group.dimensions()), amounts, 1);
    }
  }

  /** Takes back what was added. */
  void takeBack(long[] amounts, Group group, SumChanges changes) {
    addTo(figures, amounts, -1);
    addTo(changes.at(group.hourMillis(), group.dimensions()), amounts, -1);
  }

  static void addTo(long[] sum, long[] amounts, int sign) {
    for (int i = 0; i < COUNT; i++) {
      sum[i] += sign * amounts[i];
    }
  }
}
