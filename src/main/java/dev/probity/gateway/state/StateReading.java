package dev.probity.gateway.state;

/** What became of reading a request for its state. */
public sealed interface StateReading permits StateFacts, StateFacts.Refused {}
