package dev.probity.telemetry.sessions;

/**
 * What was added up for one combination of dimensions in one period.
 *
 * @param periodMillis when the hour or day began; 0 where the sum is over the whole range
 */
public record SumRow(long periodMillis, Dimensions dimensions, Figures figures) {}
