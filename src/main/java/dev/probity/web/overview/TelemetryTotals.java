package dev.probity.web.overview;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.web.figures.Format;
import dev.probity.web.overview.Overview.Group;
import dev.probity.web.overview.Overview.Total;
import java.util.ArrayList;
import java.util.List;

/** The figures of a time, as agents report them, in groups. */
final class TelemetryTotals {
  private TelemetryTotals() {}

  static List<Group> groups(Figures figures) {
    return List.of(
        new Group("Money", money(figures)),
        new Group("Tokens", tokens(figures.usage())),
        new Group("Work", work(figures)),
        new Group("Tools and errors", tools(figures)));
  }

  static List<Total> money(Figures figures) {
    List<Total> totals = new ArrayList<>();
    long charge = figures.get(Figure.CHARGE_NANO_USD);
    long spend = figures.get(Figure.SPEND_NANO_USD);
    totals.add(total("Spend", Format.usd(spend), "What is really paid by use"));
    if (charge != spend) {
      totals.add(
          total(
              "At API prices",
              Format.usd(charge),
              "What all of it would cost through the API, subscriptions too"));
    }
    long claimed = figures.get(Figure.CLAIMED_NANO_USD);
    if (claimed != 0) {
      totals.add(
          new Total(
              "Claimed by agents",
              Format.usd(claimed),
              "",
              "",
              "What agents say it cost; not every agent says it"));
    }
    long unpriced = figures.get(Figure.UNPRICED);
    if (unpriced > 0) {
      totals.add(
          new Total(
              "Unpriced",
              Format.number(unpriced),
              unpriced == 1 ? "call" : "calls",
              "warn-text",
              "Model calls that have no known price: their cost is missing from the spend"));
    }
    return totals;
  }

  private static List<Total> tokens(Usage usage) {
    return List.of(
        total("Input", Format.compact(usage.input()), Format.number(usage.input()) + " tokens"),
        total("Output", Format.compact(usage.output()), Format.number(usage.output()) + " tokens"),
        total(
            "Cache hits",
            Format.percent(usage.cacheRead(), usage.input()),
            "Input tokens that were read from the provider's cache"));
  }

  private static List<Total> work(Figures figures) {
    List<Total> totals =
        new ArrayList<>(
            List.of(
                total("Sessions", Format.number(figures.get(Figure.SESSIONS)), ""),
                total("Prompts", Format.number(figures.get(Figure.PROMPTS)), ""),
                total(
                    "People active",
                    Format.duration(figures.get(Figure.ACTIVE_PERSON_MILLIS)),
                    "How long people were at work with agents, as far as agents report it"),
                total(
                    "Agents active",
                    Format.duration(figures.get(Figure.ACTIVE_AGENT_MILLIS)),
                    "How long agents were at work, as far as they report it")));
    long lines = figures.get(Figure.LINES_ADDED) + figures.get(Figure.LINES_REMOVED);
    if (lines > 0) {
      totals.add(
          total(
              "Lines",
              "+"
                  + Format.compact(figures.get(Figure.LINES_ADDED))
                  + " −"
                  + Format.compact(figures.get(Figure.LINES_REMOVED)),
              "Added and removed by agents"));
    }
    long commits = figures.get(Figure.COMMITS);
    long pulls = figures.get(Figure.PULL_REQUESTS);
    if (commits + pulls > 0) {
      totals.add(
          new Total(
              "Commits",
              Format.number(commits),
              pulls > 0 ? Format.number(pulls) + " pull requests" : "",
              "",
              ""));
    }
    return totals;
  }

  private static List<Total> tools(Figures figures) {
    long accepted = figures.get(Figure.TOOLS_ACCEPTED);
    long rejected = figures.get(Figure.TOOLS_REJECTED);
    long errors = figures.get(Figure.ERRORS);
    return List.of(
        new Total(
            "Accepted",
            Format.percent(accepted, accepted + rejected),
            rejected > 0 ? Format.number(rejected) + " rejected" : "",
            "",
            "Of the decisions whether a tool may run"),
        total("Tool calls", Format.number(figures.get(Figure.TOOL_CALLS)), ""),
        new Total(
            "Errors",
            Format.number(errors),
            "",
            errors > 0 ? "bad-text" : "",
            "Model calls and tools that failed"),
        total(
            "Waited",
            Format.duration(figures.get(Figure.WAITED_MILLIS)),
            "How long agents waited to be allowed something"));
  }

  private static Total total(String label, String value, String explanation) {
    return new Total(label, value, "", "", explanation);
  }
}
