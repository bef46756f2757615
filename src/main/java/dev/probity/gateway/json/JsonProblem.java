package dev.probity.gateway.json;

/** Why a document was not accepted. */
public enum JsonProblem {
  NONE,
  /** It breaks the grammar of RFC 8259. */
  SYNTAX,
  /** It is not UTF-8. */
  ENCODING,
  /** It nests deeper than the scanner was told to follow. */
  DEPTH,
  /** It ended too early. */
  TRUNCATED
}
