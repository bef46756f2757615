package dev.probity.telemetry.intake;

/** Takes out of a text what must not be kept. */
@FunctionalInterface
public interface Redaction {
  String redact(String text);
}
