package dev.probity.telemetry.otlp;

import static dev.probity.telemetry.otlp.Treatment.*;

/**
 * The allow-list: every attribute name that is looked at, and what becomes of its value. A name
 * that is not here is counted and skipped before its value is decoded.
 */
public enum Attribute {
  SERVICE_NAME("service.name", READ),
  SERVICE_VERSION("service.version", READ),
  SESSION_ID("session.id", READ),
  USER_EMAIL("user.email", EMAIL),
  EVENT_NAME("event.name", READ),
  MODEL("model", READ),
  INPUT_TOKENS("input_tokens", READ),
  PROMPT("prompt", CONTENT),
  PROCESS_OWNER("process.owner", DROP);

  private final String wireName;
  private final Treatment treatment;

  Attribute(String wireName, Treatment treatment) {
    this.wireName = wireName;
    this.treatment = treatment;
  }

  /** The name as it is on the wire. */
  public String wireName() {
    return wireName;
  }

  public Treatment treatment() {
    return treatment;
  }
}
