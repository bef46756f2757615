package dev.probity.web.sessions;

import dev.probity.telemetry.AgentEvent;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A whole session at a glance: what went on, each kind in a lane of its own, from left to right.
 * Time in which nothing happened is shortened, so that the work can be seen.
 *
 * @param width of the drawing, in its own units
 * @param breaks where time was shortened
 */
public record Lanes(int width, List<Lane> lanes, List<String> breaks, String summary) {
  private static final int WIDTH = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final double NARROWEST = 1.6;

  /** One kind of thing. */
  public record Lane(String kind, String label, List<Mark> marks) {}

  /** One thing. */
  public record Mark(String x, String width, String title) {}

  private record Span(long from, long until) {}

  static Lanes of(List<AgentEvent> events) {
    List<Span> busy = busy(events);
    Scale scale = new Scale(busy);
    List<Lane> lanes = new ArrayList<>();
    for (String[] lane :
        new String[][] {
          {"prompt", "Prompts"},
          {"model", "Models"},
          {"tool", "Tools"},
          {"wait", "Waiting"},
          {"error", "Errors"}
        }) {
      List<Mark> marks =
          events.stream()
              .filter(event -> isOf(lane[0], event))
              .map(event -> mark(event, scale))
              .toList();
      if (!marks.isEmpty()) {
        lanes.add(new Lane(lane[0], lane[1], marks));
      }
    }
    List<String> breaks = new ArrayList<>();
    for (int i = 1; i < busy.size(); i++) {
      breaks.add(decimal((scale.x(busy.get(i - 1).until) + scale.x(busy.get(i).from)) / 2));
    }
    return new Lanes(
        WIDTH,
        List.copyOf(lanes),
        List.copyOf(breaks),
        breaks.isEmpty()
            ? "Drawn to scale."
            : "Drawn to scale; at the dotted lines nothing happened for more than a minute, which is"
                + " left out.");
  }

  private static boolean isOf(String lane, AgentEvent event) {
    return switch (event.kind()) {
      case PROMPT -> lane.equals("prompt") && event.agentId().isEmpty();
      case MODEL_CALL -> lane.equals("model");
      case TOOL_RESULT -> lane.equals("tool") || (lane.equals("error") && event.isError());
      case WAIT -> lane.equals("wait");
      default -> lane.equals("error") && event.isError();
    };
  }

  private static Mark mark(AgentEvent event, Scale scale) {
    double from = scale.x(Timeline.begin(event));
    double width = Math.max(NARROWEST, scale.x(event.atMillis()) - from);
    String what = event.tool().isEmpty() ? event.model() : event.tool();
    return new Mark(
        decimal(Math.min(from, WIDTH - NARROWEST)),
        decimal(width),
        (what.isEmpty() ? event.name() : what)
            + (event.durationMillis() > 0 ? ", " + Format.duration(event.durationMillis()) : ""));
  }

  /** Stretches in which something happened, without those of under a minute between them. */
  private static List<Span> busy(List<AgentEvent> events) {
    List<Span> spans =
        events.stream()
            .map(event -> new Span(Timeline.begin(event), event.atMillis()))
            .sorted(Comparator.comparingLong(Span::from))
            .toList();
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      if (!merged.isEmpty() && span.from - merged.getLast().until <= LONGEST_PAUSE_MILLIS) {
        Span last = merged.removeLast();
        merged.add(new Span(last.from, Math.max(last.until, span.until)));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  /** From time to a place in the drawing. */
  private static final class Scale {
    private static final double GAP = 8;

    private final List<Span> busy;
    private final double perMilli;

    private Scale(List<Span> busy) {
      this.busy = busy;
      long sum = Math.max(1, busy.stream().mapToLong(span -> span.until - span.from).sum());
      // Very many pauses must leave room for what is between them.
      this.perMilli = Math.max(WIDTH / 4.0, WIDTH - gap() * (busy.size() - 1)) / sum;
    }

    private double gap() {
      return Math.min(GAP, WIDTH * 0.75 / Math.max(1, busy.size() - 1));
    }

    private double x(long millis) {
      double x = 0;
      for (Span span : busy) {
        if (millis <= span.until) {
          return x + Math.max(0, millis - span.from) * perMilli;
        }
        x += (span.until - span.from) * perMilli + gap();
      }
      return WIDTH;
    }
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
