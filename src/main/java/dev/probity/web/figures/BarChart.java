package dev.probity.web.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A bar chart over time, measured for an SVG of 1000 by 200 units that is stretched to its place;
 * its words stand beside it in HTML, so that they keep their size.
 *
 * @param title what the bars count
 * @param scale the words at the horizontal lines, top first
 * @param ticks the words below, left to right
 */
public record BarChart(
    String title, List<Bar> bars, List<String> scale, List<Tick> ticks, String summary) {
  static final int WIDTH = 1_000;
  static final int HEIGHT = 200;
  private static final int LINES = 4;

  /**
   * One bar.
   *
   * @param label its time
   * @param text its value in words
   * @param link to what it counts
   */
  public record Bar(
      String x, String y, String width, String height, String label, String text, String link) {}

  /** A word below the bars, at its bar's time. */
  public record Tick(String label) {}

  /** A value at a time, before it is measured. */
  record Point(String label, String tick, long value, String link) {}

  static BarChart of(String title, List<Point> points, int ticks, LongFunction<String> format) {
    long largest = points.stream().mapToLong(Point::value).max().orElse(0);
    long top = roundedUp(largest);
    double slot = (double) WIDTH / Math.max(1, points.size());
    double gap = Math.min(slot * 0.22, 6);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      double height = top == 0 ? 0 : (double) HEIGHT * point.value / top;
      if (point.value > 0) {
        height = Math.max(height, 1.5); // What is there must be seen.
      }
      bars.add(
          new Bar(
              decimal(i * slot + gap / 2),
              decimal(HEIGHT - height),
              decimal(slot - gap),
              decimal(height),
              point.label,
              format.apply(point.value),
              point.link));
    }
    List<String> scale = new ArrayList<>();
    for (int line = LINES; line >= 0; line--) {
      scale.add(format.apply(top / LINES * line));
    }
    long sum = points.stream().mapToLong(Point::value).sum();
    return new BarChart(
        title,
        List.copyOf(bars),
        List.copyOf(scale),
        ticks(points, ticks),
        title + ": " + format.apply(sum) + " in all, at most " + format.apply(largest) + " a bar");
  }

  /** The next number up whose quarters are short numbers: 4, 8, 12, 16, 20, 28, 40, 80, ... */
  static long roundedUp(long value) {
    if (value == 0) {
      return 0;
    }
    for (long power = 1; ; power *= 10) {
      for (int factor : new int[] {4, 8, 12, 16, 20, 28}) {
        if (power * factor >= value || power > Long.MAX_VALUE / 1_000) {
          return power * factor;
        }
      }
    }
  }

  private static List<Tick> ticks(List<Point> points, int count) {
    int every = Math.max(1, points.size() / count);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < points.size(); i += every) {
      ticks.add(new Tick(points.get(i).tick));
    }
    return List.copyOf(ticks);
  }

  private static String decimal(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }
}
