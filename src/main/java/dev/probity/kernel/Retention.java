package dev.probity.kernel;

/** How long a stored field is kept. */
public enum Retention {
  /** Request logs: 90 days. */
  REQUEST_LOG(90),
  /** Usage metrics and their roll-ups: 365 days. */
  USAGE_METRIC(365),
  /** Text of prompts and answers, where it is kept at all: 30 days. */
  PROMPT_CONTENT(30),
  /** Until the thing it describes is deleted. */
  LIFE_OF_RECORD(-1),
  /** Until the stores have taken it in: seconds to minutes. */
  TRANSIT(1);

  private final int days;

  Retention(int days) {
    this.days = days;
  }

  /** Days, or -1 where the life of the record decides. */
  public int days() {
    return days;
  }
}
