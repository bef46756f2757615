package dev.probity.telemetry.place;

/** How precisely it is kept where a report came from. */
public enum Precision {
  /** Not at all. */
  OFF,
  COUNTRY,
  CITY
}
