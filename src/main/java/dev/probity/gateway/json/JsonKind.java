package dev.probity.gateway.json;

/** What stands at a watched path. */
public enum JsonKind {
  /** Nothing; the path has not occurred. */
  ABSENT,
  STRING,
  NUMBER,
  TRUE,
  FALSE,
  NULL,
  OBJECT,
  ARRAY
}
