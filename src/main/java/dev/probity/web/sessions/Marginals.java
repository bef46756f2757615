package dev.probity.web.sessions;

import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.SumRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Sums over all dimensions but one. */
public final class Marginals {
  private Marginals() {}

  /** By a dimension's value; what is not known is under the empty text. */
  public static Map<String, Figures> by(String dimension, List<SumRow> rows) {
    return group(rows, row -> SessionParameters.value(row.dimensions(), dimension));
  }

  /** By the begin of the hour or day. */
  public static Map<Long, Figures> byTime(List<SumRow> rows) {
    return group(rows, SumRow::periodMillis);
  }

  public static Figures total(List<SumRow> rows) {
    return rows.stream().map(SumRow::figures).reduce(Figures.NONE, Figures::plus);
  }

  private static <K extends Comparable<K>> Map<K, Figures> group(
      List<SumRow> rows, Function<SumRow, K> key) {
    Map<K, Figures> sums = new TreeMap<>();
    rows.forEach(row -> sums.merge(key.apply(row), row.figures(), Figures::plus));
    return sums;
  }
}
