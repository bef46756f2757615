package dev.probity.storage.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.counting.SessionLedger;
import dev.probity.telemetry.sessions.GatewaySums;
import dev.probity.telemetry.sessions.SessionRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/** Sessions as rows. */
final class SessionTable {
  private static final Signal[] SIGNALS = Signal.values();
  private static final String SEPARATOR = "\n";

  private static final String CHANGING =
      "client_version = ?, email = ?, account = ?, install = ?, end_user = ?, team = ?,"
          + " repository = ?, branch = ?, terminal = ?, plan = ?, plan_name = ?, entrypoint = ?,"
          + " key_id = ?, ended_at = ?, models = ?, source = ?, country = ?, city = ?,"
          + " latitude = ?, longitude = ?, figures = ?, ledger = ?";

  private static final int CHANGING_COUNT = 22;
  private static final String UPDATE = "UPDATE sessions SET " + CHANGING + " WHERE id = ?";

  /** Apart, because indexes hold these. */
  private static final String UPDATE_INDEXED =
      "UPDATE sessions SET started_at = ?, person = ? WHERE id = ?";

  private static final String INSERT =
      "INSERT INTO sessions ("
          + CHANGING.replace(" = ?", "")
          + ", id, ref, organization, agent, session, started_at, person) VALUES (?"
          + ", ?".repeat(CHANGING_COUNT + 6)
          + ")";

  /** For {@link #read}; the person is the one that others were found to be. */
  static final String SELECT =
      """
      SELECT s.id, s.ref, s.organization, s.agent, s.session, s.client_version, s.email, s.account,
        s.install, s.end_user, s.team, s.repository, s.branch, s.terminal, s.plan, s.plan_name,
        s.entrypoint, coalesce(p.merged_into, s.person), s.key_id, s.started_at, s.ended_at,
        s.models, s.source, s.country, s.city, s.latitude, s.longitude, s.figures, g.calls,
        g.errors, g.uncached_input, g.cache_read, g.cache_write_5m, g.cache_write_1h,
        g.output_text, g.output_reasoning, g.tool_prompt, g.charge_nano_usd
      FROM sessions s
      LEFT JOIN people p ON p.id = s.person
      LEFT JOIN gateway_sessions g ON g.organization = s.organization AND g.session = s.session
      """;

  /** A row, and where it stands in lists. */
  record Found(long id, SessionRow session) {}

  private SessionTable() {}

  static void save(Sql sql, ActiveSession session) {
    SessionLedger ledger = session.ledger;
    try {
      PreparedStatement statement = sql.kept(session.isNew ? INSERT : UPDATE);
      bindChanging(statement, session, ledger.facts());
      statement.setLong(CHANGING_COUNT + 1, session.id);
      if (session.isNew) {
        statement.setLong(CHANGING_COUNT + 2, session.ref);
        statement.setLong(CHANGING_COUNT + 3, session.organization.value());
        statement.setString(CHANGING_COUNT + 4, ledger.facts().agent());
        statement.setString(CHANGING_COUNT + 5, ledger.facts().session());
        statement.setLong(CHANGING_COUNT + 6, ledger.startedAtMillis());
        statement.setLong(CHANGING_COUNT + 7, ledger.person());
      } else if (session.storedStartedAtMillis != ledger.startedAtMillis()
          || session.storedPerson != ledger.person()) {
        sql.update(UPDATE_INDEXED, ledger.startedAtMillis(), ledger.person(), session.id);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StorageException("sessions cannot be written: " + e.getMessage(), e);
    }
    session.isNew = false;
    session.storedStartedAtMillis = ledger.startedAtMillis();
    session.storedPerson = ledger.person();
  }

  /** The session with this number, to go on with. */
  static Optional<ActiveSession> load(Sql sql, long ref) {
    return sql.first(
        "SELECT id, organization, ledger, key_id, started_at, person, country, city, latitude,"
            + " longitude FROM sessions WHERE ref = ?",
        row -> {
          ActiveSession session =
              new ActiveSession(
                  row.getLong(1),
                  ref,
                  new OrganizationId(row.getLong(2)),
                  SessionLedger.restore(row.getBytes(3)),
                  false);
          session.key = new KeyId(row.getString(4));
          session.storedStartedAtMillis = row.getLong(5);
          session.storedPerson = row.getLong(6);
          session.place = place(row, 7);
          return session;
        },
        ref);
  }

  static Found read(ResultSet row) throws SQLException {
    SessionFacts facts =
        new SessionFacts(
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            row.getString(9),
            row.getString(10),
            row.getString(11),
            row.getString(12),
            row.getString(13),
            row.getString(14),
            row.getString(15),
            row.getString(16),
            row.getString(17));
    String models = row.getString(22);
    SessionRow session =
        new SessionRow(
            row.getLong(2),
            new OrganizationId(row.getLong(3)),
            facts,
            row.getLong(18),
            new KeyId(row.getString(19)),
            row.getLong(20),
            row.getLong(21),
            models.isEmpty() ? List.of() : List.of(models.split(SEPARATOR, -1)),
            SIGNALS[row.getInt(23)],
            FigureBytes.unpack(row.getBytes(28)),
            place(row, 24),
            gateway(row, 29));
    return new Found(row.getLong(1), session);
  }

  private static void bindChanging(
      PreparedStatement statement, ActiveSession session, SessionFacts facts) throws SQLException {
    String[] texts = {
      facts.clientVersion(),
      facts.email(),
      facts.account(),
      facts.install(),
      facts.endUser(),
      facts.team(),
      facts.repository(),
      facts.branch(),
      facts.terminal(),
      facts.plan(),
      facts.planName(),
      facts.entrypoint(),
      session.key.value()
    };
    int column = 1;
    for (String text : texts) {
      statement.setString(column++, text);
    }
    SessionLedger ledger = session.ledger;
    statement.setLong(column++, ledger.endedAtMillis());
    statement.setString(column++, String.join(SEPARATOR, ledger.models()));
    statement.setInt(column++, ledger.source().ordinal());
    if (session.place.isPresent()) {
      Place place = session.place.get();
      statement.setString(column++, place.country());
      statement.setString(column++, place.city());
      statement.setInt(column++, place.latitude());
      statement.setInt(column++, place.longitude());
    } else {
      for (int i = 0; i < 4; i++) {
        statement.setNull(column++, Types.NULL);
      }
    }
    statement.setBytes(column++, FigureBytes.pack(ledger.figures()));
    statement.setBytes(column, ledger.state());
  }

  private static Optional<Place> place(ResultSet row, int first) throws SQLException {
    String country = row.getString(first);
    return country == null
        ? Optional.empty()
        : Optional.of(
            new Place(
                country, row.getString(first + 1), row.getInt(first + 2), row.getInt(first + 3)));
  }

  private static Optional<GatewaySums> gateway(ResultSet row, int first) throws SQLException {
    long calls = row.getLong(first);
    if (row.wasNull()) {
      return Optional.empty();
    }
    Usage usage =
        new Usage(
            row.getLong(first + 2),
            row.getLong(first + 3),
            row.getLong(first + 4),
            row.getLong(first + 5),
            row.getLong(first + 6),
            row.getLong(first + 7),
            row.getLong(first + 8));
    return Optional.of(
        new GatewaySums(calls, row.getLong(first + 1), usage, row.getLong(first + 9)));
  }
}
