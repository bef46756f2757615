package dev.probity.telemetry.office;

import java.util.Locale;

/** What an agent is doing, as far as its reports tell. */
public enum Activity {
  /** A model call is expected or running. */
  THINKING,
  READING,
  EDITING,
  /** Runs a command. */
  SHELL,
  SEARCHING,
  /** Fetches from the web or searches it. */
  WEB,
  /** Plans, or has handed work to a sub-agent. */
  PLANNING,
  /** Uses a tool of an MCP server. */
  MCP,
  /** Uses a tool of a kind that is not known here. */
  TOOL,
  /** Waits for a person in the middle of a turn: to approve a tool, to answer a question. */
  WAITING,
  /** The turn is over, or none has begun: the person is next. */
  DONE,
  /** A model call failed for good, or the agent itself did. */
  ERROR,
  /** Nothing was heard for a while. */
  AWAY,
  /** The session has ended, or nothing was heard for long. */
  GONE;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word in the API. */
  public String text() {
    return text;
  }
}
