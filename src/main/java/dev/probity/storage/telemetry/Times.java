package dev.probity.storage.telemetry;

import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionReport;
import java.util.List;

/** When what a session reports happened. */
final class Times {
  private Times() {}

  /** The earliest of its events and readings. */
  static long first(SessionReport report) {
    long first = Long.MAX_VALUE;
    for (AgentEvent event : report.events()) {
      first = Math.min(first, event.atMillis());
    }
    for (Reading reading : report.readings()) {
      first = Math.min(first, reading.atMillis());
    }
    return first;
  }

  /** The latest of its events and readings. */
  static long last(SessionReport report) {
    long last = Long.MIN_VALUE;
    for (AgentEvent event : report.events()) {
      last = Math.max(last, event.atMillis());
    }
    for (Reading reading : report.readings()) {
      last = Math.max(last, reading.atMillis());
    }
    return last;
  }

  /** The part of it that happened at or after one time and before another, with these texts. */
  static SessionReport between(
      SessionReport report, long fromMillis, long toMillis, List<CapturedText> texts) {
    return new SessionReport(
        report.facts(),
        report.provider(),
        report.events().stream()
            .filter(event -> event.atMillis() >= fromMillis && event.atMillis() < toMillis)
            .toList(),
        report.readings().stream()
            .filter(reading -> reading.atMillis() >= fromMillis && reading.atMillis() < toMillis)
            .toList(),
        texts.stream()
            .filter(text -> text.atMillis() >= fromMillis && text.atMillis() < toMillis)
            .toList());
  }
}
