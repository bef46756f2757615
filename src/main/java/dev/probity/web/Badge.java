package dev.probity.web;

/**
 * A word in colour.
 *
 * @param tone good, warn, bad or plain
 */
public record Badge(String tone, String text) {}
