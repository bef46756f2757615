package dev.probity.privacy.redaction;

/**
 * A stretch of text that must go.
 *
 * @param to exclusive
 */
public record Finding(Kind kind, int from, int to) {}
