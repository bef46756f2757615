package dev.probity.telemetry.office;

/**
 * What an agent does, and since when.
 *
 * @param sinceMillis when it began, by the agent's own events
 * @param tool the tool that runs or waits for permission; otherwise empty
 * @param running how many tools run at once
 */
public record State(Activity activity, long sinceMillis, String tool, int running) {
  static State of(Activity activity, long sinceMillis) {
    return new State(activity, sinceMillis, "", 0);
  }

  /** Whether a picture of both would be the same, whenever they began. */
  boolean looksLike(State other) {
    return activity == other.activity && tool.equals(other.tool) && running == other.running;
  }
}
