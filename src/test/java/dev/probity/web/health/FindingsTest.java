package dev.probity.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.intake.ContentAlerts;
import dev.probity.telemetry.sessions.HealthRow;
import dev.probity.web.figures.Format;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long DAY = 86_400_000;
  private static final Notes FINE = new Notes(100, 90, 10, 0, 0, 0, 0, 0, 0, 0, 0);

  @Test
  void healthyReporter_isNotFoundFaultWith() {
    assertThat(found(row("a", "codex", "1", NOW - 1_000, FINE, 0))).isEmpty();
  }

  @Test
  void silentReporter_isNamedWithItsKey() {
    List<Finding> findings =
        found(
            row("a", "codex", "1", NOW - 2 * DAY, FINE, 0),
            row("b", "codex", "1", NOW - 1_000, FINE, 0));

    assertThat(findings)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.title()).isEqualTo("Codex CLI with key key a");
          assertThat(finding.text()).contains("2 d 0 h");
          assertThat(finding.advice()).startsWith("Others report");
        });
    assertThat(found(row("a", "codex", "1", NOW - DAY, FINE, 0)).getFirst().advice())
        .startsWith("Nobody reports");
  }

  @Test
  void olderVersionThatANewerOneTookOverFrom_isNotSilent() {
    assertThat(
            found(
                row("a", "codex", "1", NOW - 3 * DAY, FINE, 0),
                row("a", "codex", "2", NOW - 1_000, FINE, 0)))
        .extracting(Finding::title)
        .containsExactly("Codex CLI runs in 2 versions");
  }

  @Test
  void everyNote_hasItsSentence_theWorstFirst() {
    Notes bad = new Notes(100, 50, 10, 5, 7, 3, 2, 4, 6, 1, 9);

    List<Finding> findings = found(row("a", "gemini-cli", "1", NOW, bad, 8));

    assertThat(findings)
        .extracting(Finding::tone)
        .containsExactly("bad", "bad", "warn", "warn", "warn", "warn", "plain", "plain");
    assertThat(findings.getFirst().advice()).contains("logPrompts");
    assertThat(findings).allMatch(finding -> !finding.advice().isEmpty());
    assertThat(findings)
        .anyMatch(finding ->
            finding.title().startsWith("6.0% of what Gemini CLI")
                || finding.title().startsWith("6% of what Gemini CLI"));
  }

  @Test
  void refusedReports_areToldWithTheirCounts() {
    List<Intake.Count> refused =
        List.of(new Intake.Count("too_large", 3), new Intake.Count("malformed", 0));

    assertThat(Findings.of(new Health(List.of(), List.of()), refused, List.of(), KeyId::value, NOW))
        .singleElement()
        .satisfies(finding -> assertThat(finding.text()).isEqualTo("3 too large."));
  }

  private static List<Finding> found(HealthRow... rows) {
    return Findings.of(
        new Health(List.of(rows), List.of()),
        List.of(),
        List.of(),
        key -> "key " + key.value(),
        NOW);
  }

  @Test
  void clientThatBeginsToSendContent_isNamedWithSinceWhen() {
    ContentAlerts.Alert alert =
        new ContentAlerts.Alert(
            OrganizationId.FIRST, new KeyId("a"), "codex", "0.169.0", NOW - DAY, NOW);
    assertThat(
            Findings.of(
                new Health(List.of(), List.of()), List.of(), List.of(alert), KeyId::value, NOW))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.tone()).isEqualTo("bad");
          assertThat(finding.title()).isEqualTo("Codex CLI has begun to send content");
          assertThat(finding.text()).contains("0.169.0", "key a", Format.time(NOW - DAY));
        });
  }

  private static HealthRow row(
      String key, String agent, String version, long lastSeen, Notes notes, long duplicates) {
    return new HealthRow(
        new KeyId(key), agent, version, Signal.LOG, lastSeen - DAY, lastSeen, 3, notes, duplicates);
  }
}
