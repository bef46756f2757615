package dev.probity.telemetry.office;

import java.util.List;

/**
 * What went on in the office in a time that is over.
 *
 * @param cut there was more than fits: sessions are missing, or their ends
 */
public record Replay(long fromMillis, long toMillis, List<Track> tracks, boolean cut) {
  /**
   * One session.
   *
   * @param desk who it was, as at the end of the time
   * @param steps what it did, in order; the first may have begun before the time
   */
  public record Track(Desk desk, List<Step> steps, List<SubAgentTrack> subAgents) {}

  /**
   * The session did something else from here on.
   *
   * @param atMillis never before the replay begins
   * @param sums since the replay began
   */
  public record Step(long atMillis, State state, Sums sums) {}

  /** One sub-agent; it leaves with its last step, which is {@link Activity#GONE}. */
  public record SubAgentTrack(String id, String name, List<SubAgentStep> steps) {}

  /** The sub-agent did something else from here on. */
  public record SubAgentStep(long atMillis, State state) {}
}
