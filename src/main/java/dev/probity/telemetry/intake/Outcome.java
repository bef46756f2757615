package dev.probity.telemetry.intake;

/** What becomes of an export. */
public sealed interface Outcome {
  /**
   * It is in the journal, on the disk.
   *
   * @param rejected records that were not taken, and are not to be sent again
   * @param warning what the sender should know; may be there even if nothing was rejected, or empty
   */
  record Accepted(long rejected, String warning) implements Outcome {}

  /**
   * Nothing of it counts as taken.
   *
   * @param message for people; nothing of the body's content
   */
  record Refused(Reason reason, String message) implements Outcome {}
}
