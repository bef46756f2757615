package dev.probity.web.health;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.identity.Keys;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.sessions.HealthRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.web.Badge;
import dev.probity.web.KeyNames;
import dev.probity.web.Pages;
import dev.probity.web.figures.Format;
import dev.probity.web.sessions.AgentLabels;
import java.util.ArrayList;
import java.util.List;

/** How well agents report, and what to do where they don't. */
public final class HealthPage {
  private final Pages pages;
  private final TelemetryStore telemetry;
  private final Intake intake;
  private final Keys keys;
  private final Clock clock;

  public HealthPage(Pages pages, TelemetryStore telemetry, Intake intake, Keys keys, Clock clock) {
    this.pages = pages;
    this.telemetry = telemetry;
    this.intake = intake;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param problems how many findings ask for something
   */
  public record View(
      List<Finding> findings,
      int problems,
      List<Reporter> reporters,
      List<Health.Unpriced> unpriced,
      List<Intake.Count> counts,
      Intake intake,
      int days) {
    public long reports() {
      return reporters.stream().mapToLong(reporter -> reporter.row.reports()).sum();
    }

    public long records() {
      return reporters.stream().mapToLong(reporter -> reporter.row.notes().records()).sum();
    }

    public long kept() {
      return reporters.stream().mapToLong(reporter -> reporter.row.notes().kept()).sum();
    }
  }

  /**
   * One client version with one key on one signal.
   *
   * @param trouble what was noted of it
   */
  public record Reporter(
      HealthRow row, String agent, String keyName, String signal, List<Badge> trouble) {}

  public Answer show(Call call) {
    call.query();
    OrganizationId organization = call.caller().organization();
    KeyNames names = new KeyNames(keys, organization);
    long now = clock.millis();
    Health health = Health.of(telemetry, organization, now);
    List<Intake.Count> counts = intake.counts().apply(organization);
    List<Finding> findings =
        Findings.of(health, counts, intake.alerts().apply(organization), names::of, now);
    View view =
        new View(
            findings,
            (int) findings.stream().filter(finding -> !finding.tone().equals("plain")).count(),
            health.rows().stream()
                .map(row -> reporter(row, names, isSilent(health, row, now)))
                .toList(),
            health.unpriced(),
            counts,
            intake,
            Health.DAYS);
    return pages.page("HealthPage", "Telemetry health", "telemetry", view);
  }

  /** An older version that a newer one took over from is not silent. */
  private static boolean isSilent(Health health, HealthRow row, long now) {
    return health.rows().stream()
        .filter(other -> other.key().equals(row.key()) && other.agent().equals(row.agent()))
        .allMatch(other -> now - other.lastSeenMillis() >= Findings.SILENT_MILLIS);
  }

  private static Reporter reporter(HealthRow row, KeyNames names, boolean silent) {
    Notes notes = row.notes();
    List<Badge> trouble = new ArrayList<>();
    if (silent) {
      trouble.add(new Badge("warn", "silent"));
    }
    note(trouble, "bad", notes.droppedContent(), "with content");
    note(trouble, "bad", notes.rejected(), "rejected");
    note(trouble, "warn", notes.unpriced(), "unpriced");
    note(trouble, "warn", notes.skewed(), "wrong time");
    note(trouble, "warn", notes.withoutPerson(), "without person");
    note(trouble, "warn", notes.withoutSession(), "without session");
    note(trouble, "warn", notes.withoutModel(), "without model");
    note(trouble, "plain", row.duplicates(), "twice");
    return new Reporter(
        row,
        AgentLabels.of(row.agent()),
        names.of(row.key()),
        switch (row.signal()) {
          case LOG -> "events";
          case SPAN -> "spans";
          case METRIC -> "metrics";
        },
        trouble);
  }

  private static void note(List<Badge> trouble, String tone, long count, String what) {
    if (count > 0) {
      trouble.add(new Badge(tone, Format.compact(count) + " " + what));
    }
  }
}
