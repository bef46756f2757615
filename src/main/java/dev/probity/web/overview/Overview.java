package dev.probity.web.overview;

import dev.probity.web.figures.BarChart;
import java.util.List;

/**
 * The first page's figures, from whichever source.
 *
 * @param chips filters that are on, each with a link that takes it off
 * @param breakdowns tables of sums
 * @param live where it is said that new figures are there; empty if nowhere
 */
public record Overview(
    List<Spend> spends,
    List<Group> groups,
    List<Option> metrics,
    BarChart chart,
    String chartCsv,
    String chartJson,
    List<Option> chips,
    List<Breakdown> breakdowns,
    String live) {

  /** Something to choose. */
  public record Option(String label, String link, boolean current) {}

  /** What was spent in a running day, week or month. */
  public record Spend(String label, long nanoUsd, String sub, Change change) {}

  /** Figures that belong together. */
  public record Group(String title, List<Total> totals) {}

  /**
   * A figure of the chosen time.
   *
   * @param note small, behind it
   * @param tone a CSS class: empty, bad-text or warn-text
   * @param explanation on pointing at it
   */
  public record Total(String label, String value, String note, String tone, String explanation) {}

  /**
   * A table of sums, the largest first.
   *
   * @param counted what its first column counts
   * @param rest how many further rows are summed in its last line
   * @param hint what to say if nothing is known of this dimension
   */
  public record Breakdown(
      String title,
      String counted,
      String csv,
      String json,
      List<Line> lines,
      int rest,
      String hint) {}

  /**
   * A row of a {@link Breakdown}.
   *
   * @param link where it leads to; empty if nowhere
   * @param agent whose mark stands before it; empty for none
   * @param share of the largest line, 0 to 100
   * @param errors a share of errors; empty for none
   */
  public record Line(
      String name,
      String link,
      String agent,
      int share,
      String count,
      String errors,
      String tokens,
      String spend,
      boolean unpriced) {}
}
