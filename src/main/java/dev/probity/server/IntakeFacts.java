package dev.probity.server;

import dev.probity.kernel.OrganizationId;
import dev.probity.server.settings.Settings;
import dev.probity.telemetry.intake.IntakeCounters;
import dev.probity.web.health.Intake;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What pages say of how reports are taken in. */
final class IntakeFacts {
  private IntakeFacts() {}

  static Intake of(Settings settings, Reporting.Ports ports, Reporting reporting) {
    return new Intake(
        ports.http(),
        ports.grpc(),
        settings.door().tls().isPresent(),
        reporting.captures(),
        settings.retention().keptFor(),
        organization -> counts(reporting.refusals(), organization),
        reporting.alerts()::of);
  }

  /** Summed over keys: {@code malformed}, {@code unsupported gzip}. */
  private static List<Intake.Count> counts(IntakeCounters counters, OrganizationId organization) {
    Map<String, Long> sums = new TreeMap<>();
    for (IntakeCounters.Row row : counters.rows(organization)) {
      sums.merge((row.reason().word() + " " + row.why()).strip(), row.count(), Long::sum);
    }
    return sums.entrySet().stream()
        .map(sum -> new Intake.Count(sum.getKey(), sum.getValue()))
        .toList();
  }
}
