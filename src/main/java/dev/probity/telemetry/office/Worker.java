package dev.probity.telemetry.office;

import dev.probity.telemetry.Result;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one agent (or sub-agent) is doing: a state machine over what it reports. Reports come in
 * batches and on several signals, so an event may be older than what is known already; it then
 * counts only where it still says something new.
 */
final class Worker {
  /** After a model has answered and nothing followed, a person is probably being waited for. */
  static final long SETTLED_MILLIS = 15_000;

  /** The same for agents that never say when a tool begins: it may be running. */
  static final long SETTLED_WITHOUT_DECISIONS_MILLIS = 45_000;

  private static final int MOST_OPEN = 32;
  private static final int MOST_ENDED = 64;

  /** A tool that was allowed, or (pending) is waiting to be, and has no result yet. */
  private record OpenTool(String name, Activity activity, long sinceMillis, boolean pending) {}

  private final Map<String, OpenTool> open = new LinkedHashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();
  private Activity activity;
  private long sinceMillis = Long.MIN_VALUE;
  private boolean settles;
  private boolean tellsDecisions;
  private long clearedMillis = Long.MIN_VALUE;
  private long heardMillis = Long.MIN_VALUE;

  /**
   * @param activity what it does until it says otherwise
   */
  Worker(Activity activity) {
    this.activity = activity;
  }

  void take(Moment moment) {
    heardMillis = Math.max(heardMillis, moment.atMillis());
    switch (moment.kind()) {
      case PROMPT -> {
        clear(moment.atMillis());
        become(Activity.THINKING, moment.atMillis(), false);
      }
      case MODEL_START -> become(Activity.THINKING, moment.atMillis(), false);
      case MODEL_CALL, COMPACTION -> become(Activity.THINKING, moment.atMillis(), true);
      case MODEL_ERROR, FAILURE -> become(Activity.ERROR, moment.atMillis(), false);
      case TOOL_DECISION -> decided(moment);
      case TOOL_RESULT -> {
        close(moment);
        boolean stopped = moment.result() == Result.REJECTED || moment.result() == Result.CANCELLED;
        become(Activity.THINKING, moment.atMillis(), stopped);
      }
      case WAIT -> {
        // One with a duration is over; it says nothing of now.
        if (!moment.timed()) {
          become(Activity.WAITING, moment.atMillis(), false);
        }
      }
      case ANSWER -> become(Activity.DONE, moment.atMillis(), false);
      case SESSION_START -> {
        clear(moment.atMillis());
        become(Activity.DONE, moment.atMillis(), false);
      }
      case SESSION_END, AGENT_START, AGENT_END, HOOK, MODE, OTHER, CORRECTION -> {
        if (sinceMillis == Long.MIN_VALUE) {
          sinceMillis = moment.atMillis();
        }
      }
    }
  }

  private void decided(Moment moment) {
    tellsDecisions = true;
    if (moment.atMillis() < clearedMillis || ended.contains(id(moment))) {
      return;
    }
    switch (moment.result()) {
      case ACCEPTED, OK -> begin(moment, false);
      case UNKNOWN -> begin(moment, true);
      case REJECTED, CANCELLED, FAILED -> {
        close(moment);
        become(Activity.THINKING, moment.atMillis(), true);
      }
    }
  }

  private void begin(Moment moment, boolean pending) {
    open.remove(id(moment));
    Activity use = pending ? Activity.WAITING : Tools.activity(moment.tool());
    open.put(id(moment), new OpenTool(moment.tool(), use, moment.atMillis(), pending));
    if (open.size() > MOST_OPEN) {
      open.remove(open.keySet().iterator().next());
    }
  }

  private void close(Moment moment) {
    open.remove(id(moment));
    if (!moment.callId().isEmpty()) {
      ended.add(moment.callId());
      if (ended.size() > MOST_ENDED) {
        ended.remove(ended.iterator().next());
      }
    }
  }

  private static String id(Moment moment) {
    return moment.callId().isEmpty() ? "tool " + moment.tool() : moment.callId();
  }

  private void clear(long atMillis) {
    if (atMillis >= clearedMillis) {
      clearedMillis = atMillis;
      open.values().removeIf(tool -> tool.sinceMillis <= atMillis);
    }
  }

  private void become(Activity next, long atMillis, boolean settling) {
    if (atMillis < sinceMillis) {
      return;
    }
    sinceMillis = atMillis;
    activity = next;
    settles = settling;
  }

  State state(long nowMillis) {
    if (activity == Activity.ERROR && open.values().stream().allMatch(this::isBeforeError)) {
      return State.of(Activity.ERROR, sinceMillis);
    }
    if (!open.isEmpty()) {
      return usingTools();
    }
    long settled = settledMillis();
    return nowMillis >= settled
        ? State.of(Activity.WAITING, settled)
        : State.of(activity, sinceMillis);
  }

  private boolean isBeforeError(OpenTool tool) {
    return tool.sinceMillis <= sinceMillis;
  }

  /** The one that waits for a person, if any does; otherwise the one that began last. */
  private State usingTools() {
    OpenTool shown = open.values().iterator().next();
    for (OpenTool tool : open.values()) {
      if (tool.pending || (!shown.pending && tool.sinceMillis >= shown.sinceMillis)) {
        shown = tool;
      }
    }
    return new State(shown.activity, shown.sinceMillis, shown.name, open.size());
  }

  /** When the state will change by itself, or has; {@link Long#MAX_VALUE} if it does not. */
  long settledMillis() {
    if (!settles || !open.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return sinceMillis + (tellsDecisions ? SETTLED_MILLIS : SETTLED_WITHOUT_DECISIONS_MILLIS);
  }

  boolean hasOpenTools() {
    return !open.isEmpty();
  }

  long heardMillis() {
    return heardMillis;
  }
}
