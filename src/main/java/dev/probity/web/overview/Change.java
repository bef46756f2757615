package dev.probity.web.overview;

import dev.probity.web.figures.Format;

/**
 * How a figure compares with the one before it.
 *
 * @param tone a CSS class: up, down or even
 * @param text such as {@code +12% on the same part of yesterday}; empty if there is nothing to
 *     compare with
 * @param explanation both figures
 */
public record Change(String tone, String text, String explanation) {
  private static final double LARGEST_PERCENT = 999;

  static Change of(long now, long before, String beforeName) {
    String explanation =
        Format.usd(now)
            + " in the hours that are over, "
            + Format.usd(before)
            + " in the same part of "
            + beforeName;
    if (before == 0) {
      return new Change("even", now == 0 ? "" : "nothing " + beforeName, explanation);
    }
    double percent = 100.0 * (now - before) / before;
    if (Math.abs(percent) < 0.5) {
      return new Change("even", "as much as " + beforeName, explanation);
    }
    String size =
        percent > LARGEST_PERCENT
            ? String.format(java.util.Locale.ROOT, "%.0f times", (double) now / before)
            : Math.round(Math.abs(percent)) + "%";
    return new Change(
        percent > 0 ? "up" : "down",
        percent > LARGEST_PERCENT
            ? size + " " + beforeName
            : (percent > 0 ? "+" : "−") + size + " vs. " + beforeName,
        explanation);
  }
}
