package dev.probity.web.office;

import dev.probity.telemetry.office.Activity;

/** What activities are called on the page, and how loudly. Who has gone is not shown. */
enum StateName {
  THINKING(Activity.THINKING, "Thinking", "good"),
  READING(Activity.READING, "Reading", "good"),
  EDITING(Activity.EDITING, "Editing", "good"),
  SHELL(Activity.SHELL, "Running a command", "good"),
  SEARCHING(Activity.SEARCHING, "Searching", "good"),
  WEB(Activity.WEB, "On the web", "good"),
  PLANNING(Activity.PLANNING, "Planning", "good"),
  MCP(Activity.MCP, "Using MCP", "good"),
  TOOL(Activity.TOOL, "Using a tool", "good"),
  WAITING(Activity.WAITING, "Waiting for a person", "warn"),
  DONE(Activity.DONE, "Turn over", "plain"),
  ERROR(Activity.ERROR, "Error", "bad"),
  AWAY(Activity.AWAY, "Away", "plain");

  private final Activity activity;
  private final String label;
  private final String tone;

  StateName(Activity activity, String label, String tone) {
    this.activity = activity;
    this.label = label;
    this.tone = tone;
  }

  static StateName of(Activity activity) {
    return activity == Activity.GONE ? AWAY : values()[activity.ordinal()];
  }

  Activity activity() {
    return activity;
  }

  String label() {
    return label;
  }

  /** The class of its badge. */
  String tone() {
    return tone;
  }
}
