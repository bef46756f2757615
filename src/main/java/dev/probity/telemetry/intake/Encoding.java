package dev.probity.telemetry.intake;

/** How the body of an export is written. */
public enum Encoding {
  PROTOBUF,
  JSON
}
