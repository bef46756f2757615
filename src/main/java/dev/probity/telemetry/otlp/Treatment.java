package dev.probity.telemetry.otlp;

/** What becomes of an attribute's value at the door. */
public enum Treatment {
  /** May be kept among an event's details under its own name. */
  KEEP,
  /** Is read by a dialect, which puts what it means in its place; not kept under its own name. */
  READ,
  /** An email address: only its keyed hash goes on. */
  EMAIL,
  /** A file path: only its extension goes on. */
  PATH,
  /**
   * Prompts, answers, arguments, output, commands: never becomes text, unless the organization
   * switched capture on, and then only through redaction.
   */
  CONTENT,
  /**
   * Names a person's account on their machine, a host, a directory or a command line, or is free
   * text that may quote anything, such as an error's message: never becomes text, capture or not.
   */
  DROP
}
