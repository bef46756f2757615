package dev.probity.web.health;

import dev.probity.kernel.KeyId;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.intake.ContentAlerts;
import dev.probity.telemetry.sessions.HealthRow;
import dev.probity.web.figures.Format;
import dev.probity.web.sessions.AgentLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What {@link Health} comes to, in plain sentences: the worst first. */
final class Findings {
  static final long SILENT_MILLIS = 24 * 3_600_000L;

  private final Health health;
  private final Function<KeyId, String> keyNames;
  private final long now;
  private final List<Finding> found = new ArrayList<>();

  private Findings(Health health, Function<KeyId, String> keyNames, long now) {
    this.health = health;
    this.keyNames = keyNames;
    this.now = now;
  }

  static List<Finding> of(
      Health health,
      List<Intake.Count> refused,
      List<ContentAlerts.Alert> alerts,
      Function<KeyId, String> keyNames,
      long nowMillis) {
    Findings findings = new Findings(health, keyNames, nowMillis);
    findings.begun(alerts);
    findings.content();
    findings.rejected();
    findings.unpriced();
    findings.silent();
    findings.refused(refused);
    findings.identity();
    findings.clocks();
    findings.versions();
    findings.duplicates();
    findings.dropped();
    return List.copyOf(findings.found);
  }

  /** Agents, each with the sum of something that was noted, where there is any. */
  private Map<String, Long> byAgent(ToLongFunction<Notes> note) {
    Map<String, Long> sums = new TreeMap<>();
    for (HealthRow row : health.rows()) {
      long count = note.applyAsLong(row.notes());
      if (count > 0) {
        sums.merge(row.agent(), count, Long::sum);
      }
    }
    return sums;
  }

  /** A client that began to send content was changed: that is worth more than the count. */
  private void begun(List<ContentAlerts.Alert> alerts) {
    for (ContentAlerts.Alert alert : alerts) {
      found.add(
          new Finding(
              "bad",
              AgentLabels.of(alert.agent()) + " has begun to send content",
              "Version "
                  + (alert.clientVersion().isEmpty() ? "unknown" : alert.clientVersion())
                  + " with key "
                  + keyNames.apply(alert.key())
                  + " sent none before "
                  + Format.time(alert.sinceMillis())
                  + ".",
              "A setting of it was changed, or it was updated. "
                  + AgentLabels.withoutContent(alert.agent())));
    }
  }

  private void content() {
    byAgent(Notes::droppedContent)
        .forEach((agent, count) ->
            found.add(
                new Finding(
                    "bad",
                    AgentLabels.of(agent) + " sends content",
                    Format.number(count)
                        + " attributes with prompts, answers, arguments or commands came in and were"
                        + " dropped at the door.",
                    AgentLabels.withoutContent(agent))));
  }

  private void rejected() {
    byAgent(Notes::rejected)
        .forEach((agent, count) ->
            found.add(
                new Finding(
                    "bad",
                    "Records of " + AgentLabels.of(agent) + " could not be understood",
                    Format.number(count) + " records were rejected; the agent was told.",
                    "Update the agent. If the newest version's records are rejected too, it reports"
                        + " in a way that this version of Probity does not know yet.")));
  }

  private void unpriced() {
    if (!health.unpriced().isEmpty()) {
      String models =
          health.unpriced().stream()
              .map(model -> model.model().isEmpty() ? "a model without a name" : model.model())
              .distinct()
              .collect(Collectors.joining(", "));
      long calls = health.unpriced().stream().mapToLong(Health.Unpriced::modelCalls).sum();
      found.add(
          new Finding(
              "warn",
              "Models without a price",
              Format.number(calls)
                  + " model calls have no known price, so their cost is missing everywhere: "
                  + models
                  + ".",
              "Add their prices under prices in probity.yaml."));
    }
  }

  private void silent() {
    record Source(KeyId key, String agent) {}
    Map<Source, Long> last = new LinkedHashMap<>();
    health
        .rows()
        .forEach(
            row -> last.merge(new Source(row.key(), row.agent()), row.lastSeenMillis(), Math::max));
    boolean someoneReports = last.values().stream().anyMatch(at -> now - at < SILENT_MILLIS);
    last.forEach((source, at) -> {
      if (now - at >= SILENT_MILLIS) {
        found.add(
            new Finding(
                "warn",
                AgentLabels.of(source.agent) + " with key " + keyNames.apply(source.key),
                "has been silent for " + Format.duration(now - at) + ".",
                someoneReports
                    ? "Others report, so look there: is the agent still used, is its key good, can"
                        + " it reach this address?"
                    : "Nobody reports: look at this server's address and certificate first."));
      }
    });
  }

  private void refused(List<Intake.Count> all) {
    List<Intake.Count> counts = all.stream().filter(count -> count.count() > 0).toList();
    if (!counts.isEmpty()) {
      found.add(
          new Finding(
              "warn",
              "Reports were refused since this server started",
              counts.stream()
                      .map(count ->
                          Format.number(count.count()) + " " + count.name().replace('_', ' '))
                      .collect(Collectors.joining(", "))
                  + ".",
              "Unauthorized: a client's key is wrong or was revoked. Malformed or too large: an"
                  + " exporter is set up for another protocol, or sends content."));
    }
  }

  private void identity() {
    share(
        Notes::withoutPerson,
        "name no person",
        "Issue a key to each person (Keys, field Person), or set"
            + " OTEL_RESOURCE_ATTRIBUTES=\"enduser.id=…\" where the agent runs.");
    share(
        Notes::withoutSession,
        "belong to no session",
        "They count in the sums but in no session. Codex does this on its metrics: switch its log"
            + " exporter on too.");
    share(
        Notes::withoutModel,
        "name no model",
        "Their tokens are counted and can't be priced. Update the agent.");
  }

  private void share(ToLongFunction<Notes> note, String what, String advice) {
    byAgent(note)
        .forEach((agent, count) -> {
          long all = byAgent(Notes::records).getOrDefault(agent, count);
          found.add(
              new Finding(
                  "warn",
                  Format.percent(count, all)
                      + " of what "
                      + AgentLabels.of(agent)
                      + " reports "
                      + what.replaceFirst("^(name|belong)", "$1s"),
                  Format.number(count) + " of " + Format.number(all) + " records.",
                  advice));
        });
  }

  private void clocks() {
    byAgent(Notes::skewed)
        .forEach((agent, count) ->
            found.add(
                new Finding(
                    "warn",
                    "A clock is wrong where " + AgentLabels.of(agent) + " runs",
                    Format.number(count)
                        + " records came with an absurd time; they were given the time of arrival.",
                    "Switch on time synchronization (NTP) on that machine.")));
  }

  private void versions() {
    Map<String, TreeSet<String>> versions = new TreeMap<>();
    health
        .rows()
        .forEach(row ->
            versions
                .computeIfAbsent(row.agent(), agent -> new TreeSet<>())
                .add(row.clientVersion().isEmpty() ? "unknown" : row.clientVersion()));
    versions.forEach((agent, all) -> {
      if (all.size() > 1) {
        found.add(
            new Finding(
                "plain",
                AgentLabels.of(agent) + " runs in " + all.size() + " versions",
                String.join(", ", all) + ".",
                "Newer versions report more, and more exactly: update the older ones."));
      }
    });
  }

  private void duplicates() {
    long count = health.rows().stream().mapToLong(HealthRow::duplicates).sum();
    if (count > 0) {
      found.add(
          new Finding(
              "plain",
              "Records came twice",
              Format.number(count) + " records had come before and were counted once.",
              "This is harmless: exporters send again what was not acknowledged in time. If it"
                  + " grows, the network between is slow."));
    }
  }

  private void dropped() {
    long count = byAgent(Notes::droppedAttributes).values().stream().mapToLong(n -> n).sum();
    if (count > 0) {
      found.add(
          new Finding(
              "plain",
              "Attributes that are not on the list were dropped",
              Format.number(count) + " of them. Only what is known to hold no content is kept.",
              "There is nothing to do. A sudden rise means that an agent began to send more."));
    }
  }
}
