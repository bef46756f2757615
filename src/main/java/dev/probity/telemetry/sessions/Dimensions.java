package dev.probity.telemetry.sessions;

/**
 * By what sums are kept. Text that is not known is empty.
 *
 * @param person 0 if it is not known
 */
public record Dimensions(
    String agent,
    String model,
    long person,
    String team,
    String repository,
    String branch,
    String plan) {}
