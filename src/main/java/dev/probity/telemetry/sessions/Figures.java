package dev.probity.telemetry.sessions;

import dev.probity.kernel.Usage;
import java.util.Arrays;

/** A value for every {@link Figure}. Immutable. */
public final class Figures {
  private static final int COUNT = Figure.values().length;

  public static final Figures NONE = new Figures(new long[COUNT]);

  private final long[] values;

  private Figures(long[] values) {
    this.values = values;
  }

  /**
   * @param values by the figures' ordinals; copied
   */
  public static Figures of(long[] values) {
    return new Figures(Arrays.copyOf(values, COUNT));
  }

  public long get(Figure figure) {
    return values[figure.ordinal()];
  }

  public Figures plus(Figures other) {
    long[] sum = values.clone();
    for (int i = 0; i < COUNT; i++) {
      sum[i] += other.values[i];
    }
    return new Figures(sum);
  }

  /** The tokens; a part that came out negative, because the rest is still to come, is 0. */
  public Usage usage() {
    return new Usage(
        tokens(Figure.UNCACHED_INPUT),
        tokens(Figure.CACHE_READ),
        tokens(Figure.CACHE_WRITE_5M),
        tokens(Figure.CACHE_WRITE_1H),
        tokens(Figure.OUTPUT_TEXT),
        tokens(Figure.OUTPUT_REASONING),
        tokens(Figure.TOOL_PROMPT));
  }

  private long tokens(Figure figure) {
    return Math.max(0, get(figure));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures figures && Arrays.equals(values, figures.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Figures[");
    for (Figure figure : Figure.values()) {
      if (get(figure) != 0) {
        text.append(text.length() > 8 ? ", " : "").append(figure.column()).append('=');
        text.append(get(figure));
      }
    }
    return text.append(']').toString();
  }
}
