package dev.probity.gateway.upstream;

import java.util.Optional;

/**
 * How a deployment is asked whether it is there ({@code health_check:}).
 *
 * @param everyMillis from one check to the next
 * @param path below the deployment's host, beginning with a slash; empty: its list of models
 */
public record HealthCheckSettings(long everyMillis, Optional<String> path) {}
