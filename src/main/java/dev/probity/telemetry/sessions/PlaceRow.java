package dev.probity.telemetry.sessions;

import dev.probity.telemetry.Place;

/** What went on at one place. */
public record PlaceRow(Place place, String agent, long lastSeenMillis, Figures figures) {}
