package dev.probity.telemetry.sessions;

/**
 * Everything that pages and API ask of what agents reported. One object in memory or on disk may be
 * all of them.
 */
public record TelemetryStore(
    SessionQuery sessions, TelemetrySums sums, People people, HealthQuery health) {}
