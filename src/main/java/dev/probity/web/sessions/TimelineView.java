package dev.probity.web.sessions;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import dev.probity.web.Badge;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@link Timeline} in words and places, ready for its template.
 *
 * @param more how many events are shown, if there are more than that; 0 if these are all
 */
public record TimelineView(List<TurnView> turns, int more) {
  /** So many turns are shown open. */
  private static final int OPEN = 6;

  /** One turn. */
  public record TurnView(
      String title,
      String sub,
      long atMillis,
      String summary,
      int errors,
      boolean open,
      List<StepView> steps) {}

  /**
   * One step.
   *
   * @param kind its CSS class: model, tool, wait, agent, answer, error or note
   * @param link to the exchange in which the gateway saw it; empty if it did not
   * @param x where its bar begins within the turn, in percent
   */
  public record StepView(
      String kind,
      String title,
      String words,
      List<Badge> badges,
      String figures,
      String duration,
      long atMillis,
      String link,
      String x,
      String width,
      List<StepView> below) {}

  static TimelineView of(List<AgentEvent> events, MeasuredCalls measured, int more) {
    List<Timeline.Turn> turns = Timeline.of(events).turns();
    List<TurnView> views =
        turns.stream()
            .map(turn -> turn(turn, measured, turns.size() <= OPEN || turn == turns.getLast()))
            .toList();
    return new TimelineView(views, more);
  }

  private static TurnView turn(Timeline.Turn turn, MeasuredCalls measured, boolean open) {
    Tally tally = new Tally();
    turn.steps().forEach(tally::add);
    long from = turn.fromMillis();
    long span = Math.max(1, turn.untilMillis() - from);
    StepWords words = new StepWords(measured);
    List<StepView> steps = turn.steps().stream().map(s -> view(s, words, from, span)).toList();
    String prompt =
        turn.prompt().isEmpty() || turn.prompt().getFirst().size() == AgentEvent.UNKNOWN
            ? ""
            : Format.number(turn.prompt().getFirst().size()) + " characters";
    return new TurnView(
        turn.number() == 0 ? "Before the first prompt" : "Prompt " + turn.number(),
        prompt,
        from,
        tally.summary(turn.untilMillis() - from),
        tally.errors,
        open,
        steps);
  }

  private static StepView view(Timeline.Step step, StepWords words, long from, long span) {
    double x = 100.0 * (step.ownFromMillis() - from) / span;
    long until = step.events().isEmpty() ? step.untilMillis() : ownUntil(step);
    double width = 100.0 * (until - step.ownFromMillis()) / span;
    double shown = Math.max(width, 0.6);
    return new StepView(
        words.kind(step),
        words.title(step),
        words.words(step),
        words.badges(step),
        words.figures(step),
        words.duration(step),
        step.ownFromMillis(),
        words.link(step),
        decimal(Math.clamp(x, 0, 100 - Math.min(shown, 100))),
        decimal(Math.min(shown, 100)),
        step.below().stream().map(each -> view(each, words, from, span)).toList());
  }

  private static long ownUntil(Timeline.Step step) {
    return step.events().stream().mapToLong(AgentEvent::atMillis).max().getAsLong();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** What a turn adds up to. */
  private static final class Tally {
    private int calls;
    private int tools;
    private int errors;
    private Usage usage = Usage.NONE;
    private long nanoUsd;

    private void add(Timeline.Step step) {
      for (AgentEvent event : step.events()) {
        switch (event.kind()) {
          case MODEL_CALL -> calls++;
          case TOOL_RESULT -> tools++;
          default -> {}
        }
        errors += event.isError() ? 1 : 0;
        usage = usage.plus(event.usage());
        nanoUsd += event.charge().nanoUsd();
      }
      step.below().forEach(this::add);
    }

    private String summary(long millis) {
      List<String> parts = new ArrayList<>();
      if (calls > 0) {
        parts.add(count(calls, "model call"));
      }
      if (tools > 0) {
        parts.add(count(tools, "tool"));
      }
      if (usage.total() > 0) {
        parts.add(Format.compact(usage.total()) + " tokens");
        parts.add(Format.usd(nanoUsd));
      }
      if (millis > 0) {
        parts.add(Format.duration(millis));
      }
      return String.join(" · ", parts);
    }

    private static String count(int count, String word) {
      return Format.number(count) + " " + word + (count == 1 ? "" : "s");
    }
  }
}
