package dev.probity.telemetry.otlp;

/** Who sends: the resource of the records that follow, and the scope they come from. */
public interface Resource {
  Attributes attributes();

  /** The name of the instrumentation scope; empty if there is none. */
  String scope();

  String scopeVersion();

  /** The same for equal resources, whatever the order of their attributes. */
  long fingerprint();
}
