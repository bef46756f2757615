package dev.probity.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The same figure from several repetitions. */
record Spread(double[] sorted) {
  static Spread of(DoubleStream values) {
    return new Spread(values.filter(value -> !Double.isNaN(value)).sorted().toArray());
  }

  boolean isEmpty() {
    return sorted.length == 0;
  }

  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double greatest() {
    return Arrays.stream(sorted).max().orElse(Double.NaN);
  }

  /** {@code median [min..max]}, or a dash. */
  String text(int decimals) {
    if (isEmpty()) {
      return "–";
    }
    String format = "%." + decimals + "f";
    return String.format(
        Locale.ROOT,
        format + " [" + format + ".." + format + "]",
        median(),
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
