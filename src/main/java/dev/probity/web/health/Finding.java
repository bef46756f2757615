package dev.probity.web.health;

/**
 * Something about the reporting that somebody should know.
 *
 * @param tone how bad it is: bad, warn or plain
 * @param text what was seen, in a sentence
 * @param advice what to do about it
 */
public record Finding(String tone, String title, String text, String advice) {}
