package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.SessionReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Questions about sessions. */
public interface SessionQuery {
  /**
   * Sessions, the one that began last first.
   *
   * @param cursor of the page before, empty for the first
   * @throws dev.probity.kernel.InvalidCursorException if the cursor is not one
   */
  Page<SessionRow> list(
      OrganizationId organization, SessionFilter filter, int limit, Optional<String> cursor);

  /** The sessions with an agent's own id; several only if several agents chose the same. */
  List<SessionRow> find(OrganizationId organization, String session);

  /**
   * The events of a session in the order of time, as far as they have not expired.
   *
   * @param limit the first so many
   */
  List<AgentEvent> events(OrganizationId organization, long ref, int limit);

  /**
   * Texts of a session that were captured, redacted, in the order of time: none unless the
   * organization switched capture on.
   *
   * @param limit the first so many
   */
  List<CapturedText> texts(OrganizationId organization, long ref, int limit);

  /**
   * Calls with everything that is kept of a time, for a replay: session by session in no particular
   * order.
   */
  void between(
      OrganizationId organization,
      long fromMillis,
      long toMillis,
      Consumer<SessionReport> consumer);
}
