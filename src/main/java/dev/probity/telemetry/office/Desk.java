package dev.probity.telemetry.office;

import java.util.List;

/**
 * One session in the office.
 *
 * @param session the agent's own id of it
 * @param person 0 if it is not known
 * @param model that was called last; empty if none was
 * @param startedMillis its first event
 * @param heardMillis its last event so far
 * @param sums what it has used
 * @param subAgents those at work now, in the order of their arrival
 */
public record Desk(
    String agent,
    String session,
    long person,
    String team,
    String repository,
    String branch,
    String model,
    State state,
    long startedMillis,
    long heardMillis,
    Sums sums,
    List<SubAgent> subAgents) {
  /**
   * An agent that another one has started.
   *
   * @param name its kind, such as {@code Explore}; empty if the agent does not say
   */
  public record SubAgent(String id, String name, State state) {}

  /**
   * Tells sessions apart; agents choose their ids themselves, so that two may choose the same one.
   */
  public String key() {
    return agent + '/' + session;
  }
}
