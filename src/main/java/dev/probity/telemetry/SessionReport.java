package dev.probity.telemetry;

import dev.probity.pricing.Provider;
import java.util.List;

/**
 * What one report says of one session (or, where the agent names none, of none in particular).
 *
 * @param provider whose prices the readings are charged by
 */
public record SessionReport(
    SessionFacts facts,
    Provider provider,
    List<AgentEvent> events,
    List<Reading> readings,
    List<CapturedText> texts) {}
