package dev.probity.telemetry.sessions;

import dev.probity.kernel.Usage;

/** What the gateway measured of a session that ran through it. */
public record GatewaySums(long modelCalls, long errors, Usage usage, long chargeNanoUsd) {}
