package dev.probity.telemetry.intake;

import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import java.util.List;

/**
 * What was refused since the start, for the health page: in memory, for as many keys as were used
 * last.
 */
public final class IntakeCounters {
  private static final int MOST = 2_000;

  /**
   * How often one key's exports were refused for one reason.
   *
   * @param organization {@link OrganizationId#NONE} for exports that no known key came with
   * @param why a stable word for what exactly, such as {@code gzip}; empty if the reason says it
   *     all
   */
  public record Row(
      OrganizationId organization,
      KeyId key,
      Reason reason,
      String why,
      long count,
      long lastAtMillis) {}

  private record Which(OrganizationId organization, KeyId key, Reason reason, String why) {}

  private record Count(long count, long lastAtMillis) {}

  private final Recent<Which, Count> counts = new Recent<>(MOST);

  void refused(Caller caller, Reason reason, String why, long atMillis) {
    counts.change(
        new Which(caller.organization(), caller.key(), reason, why),
        new Count(0, 0),
        before -> new Count(before.count + 1, atMillis));
  }

  /** What an organization's keys were refused, and what strangers were, the last one first. */
  public List<Row> rows(OrganizationId organization) {
    return counts.entries().reversed().stream()
        .filter(entry ->
            entry.getKey().organization.equals(organization)
                || entry.getKey().organization.equals(OrganizationId.NONE))
        .map(entry ->
            new Row(
                entry.getKey().organization,
                entry.getKey().key,
                entry.getKey().reason,
                entry.getKey().why,
                entry.getValue().count,
                entry.getValue().lastAtMillis))
        .toList();
  }
}
