package dev.probity.telemetry;

/**
 * Text of a prompt or an answer, kept only where the organization switched capture on, and redacted
 * before it got here.
 *
 * @param event the fingerprint of the event that it belongs to
 * @param atMillis when that happened
 * @param what the attribute that it came in, such as {@code prompt}
 */
public record CapturedText(long event, long atMillis, String what, String text) {}
