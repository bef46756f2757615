package dev.probity.telemetry.intake;

import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Notices when a client that sent no prompts, answers or commands begins to send them, as happens
 * with a changed setting or a new version. What it sends is dropped either way.
 */
public final class ContentAlerts {
  private static final System.Logger LOG = System.getLogger(ContentAlerts.class.getName());
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final int MOST_CLIENTS = 10_000;
  private static final int MOST_ALERTS = 1_000;

  /** A client that began to send content, and when that was first and last seen. */
  public record Alert(
      OrganizationId organization,
      KeyId key,
      String agent,
      String clientVersion,
      long sinceMillis,
      long lastMillis) {}

  private record Client(OrganizationId organization, KeyId key, String agent) {}

  private record Version(Client client, String version) {}

  private record Seen(long firstMillis, long lastMillis) {}

  /** Clients that once sent a report without content. */
  private final Recent<Client, Boolean> clean = new Recent<>(MOST_CLIENTS);

  private final Recent<Version, Seen> alerts = new Recent<>(MOST_ALERTS);

  /** Takes note of a report: whether there was content in it. */
  void noticed(Caller caller, String agent, String version, boolean content, long atMillis) {
    Client client = new Client(caller.organization(), caller.key(), agent);
    if (!content) {
      clean.put(client, true);
      return;
    }
    if (clean.find(client) == null) {
      return;
    }
    Version sender = new Version(client, version);
    if (alerts.find(sender) == null) {
      LOG.log(
          Level.WARNING,
          "{0} {1} with key {2} has begun to send content (prompts, answers or commands); it is dropped",
          plain(agent),
          plain(version),
          caller.key().value());
    }
    alerts.change(
        sender, new Seen(atMillis, atMillis), before -> new Seen(before.firstMillis, atMillis));
  }

  /** A name that a client gave, if it may stand in a log. */
  private static String plain(String name) {
    return PLAIN.matcher(name).matches() ? name : "(unnamed)";
  }

  /** The alerts of an organization, the last one first. */
  public List<Alert> of(OrganizationId organization) {
    return alerts.entries().reversed().stream()
        .filter(entry -> entry.getKey().client.organization.equals(organization))
        .map(entry ->
            new Alert(
                organization,
                entry.getKey().client.key,
                entry.getKey().client.agent,
                entry.getKey().version,
                entry.getValue().firstMillis,
                entry.getValue().lastMillis))
        .toList();
  }
}
