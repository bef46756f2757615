package dev.probity.telemetry;

import dev.probity.pricing.ServiceTier;

/**
 * One data point of a metric that is counted.
 *
 * @param fingerprint 64 bits of a hash of the point as it was received, its resource included
 * @param series 64 bits of a hash of what identifies its series: resource, scope, metric and
 *     attributes, whatever their order
 * @param measure what it counts
 * @param model the model, for tokens and money; otherwise empty
 * @param tier the service tier of the model calls, standard unless the metric says otherwise
 * @param temporality what the value counts
 * @param startMillis when the series (or the interval) began
 * @param atMillis when the value was read
 * @param value whole units of the measure: tokens, nano-USD, milliseconds, counts
 */
public record Reading(
    long fingerprint,
    long series,
    Measure measure,
    String model,
    ServiceTier tier,
    Temporality temporality,
    long startMillis,
    long atMillis,
    long value) {}
