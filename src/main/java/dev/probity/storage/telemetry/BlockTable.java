package dev.probity.storage.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.report.ReportCodec;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What was reported, in the file of its day: blocks of events, and captured texts. */
final class BlockTable {
  private static final String INSERT =
      "INSERT INTO agent_blocks (id, organization, session, key_id, first_at, last_at,"
          + " fingerprints, block) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_TEXT =
      "INSERT INTO captured_texts (id, organization, session, block, event, at, what, text)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  /**
   * What one report says of one session on one day.
   *
   * @param id the report's position in the journal, plus which part of it this is
   * @param session the store's own number of it
   * @param fingerprints of all that the bytes say, in a row
   * @param texts what was captured, which the bytes do not have
   * @param firstTextId as the id, for the texts
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Block(
      long id,
      OrganizationId organization,
      long session,
      KeyId key,
      long firstAtMillis,
      long lastAtMillis,
      byte[] bytes,
      byte[] fingerprints,
      List<CapturedText> texts,
      long firstTextId) {}

  private BlockTable() {}

  /**
   * Writes a day's part of a batch.
   *
   * @param committed what comes after it in the file was left by a batch that did not come to an
   *     end, and comes again now
   */
  static boolean replace(Sql sql, long committed, List<Block> blocks) {
    sql.update("DELETE FROM agent_blocks WHERE id > ?", committed);
    sql.update("DELETE FROM captured_texts WHERE id > ?", committed);
    try {
      for (Block block : blocks) {
        insert(sql, block);
        insertTexts(sql, block);
      }
      return true;
    } catch (SQLException e) {
      throw new StorageException("agents' events cannot be written: " + e.getMessage(), e);
    }
  }

  /** Notes the fingerprints of everything that the day has of a session. */
  static boolean lookUp(Sql sql, long committed, ActiveSession session) {
    sql.each(
        "SELECT fingerprints FROM agent_blocks WHERE session = ? AND id <= ? ORDER BY id",
        row -> {
          ByteBuffer fingerprints = ByteBuffer.wrap(row.getBytes(1));
          while (fingerprints.hasRemaining()) {
            session.isNews(fingerprints.getLong());
          }
        },
        session.id,
        committed);
    return true;
  }

  static List<CapturedText> texts(Sql sql, long session, int limit) {
    return sql.list(
        "SELECT event, at, what, text FROM captured_texts WHERE session = ? ORDER BY at, id LIMIT ?",
        BlockTable::text,
        session,
        limit);
  }

  /** The texts that came with a block. */
  static List<CapturedText> textsOf(Sql sql, long block) {
    return sql.list(
        "SELECT event, at, what, text FROM captured_texts WHERE block = ? ORDER BY id",
        BlockTable::text,
        block);
  }

  private static CapturedText text(ResultSet row) throws SQLException {
    return new CapturedText(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
  }

  private static void insert(Sql sql, Block block) throws SQLException {
    PreparedStatement statement = sql.kept(INSERT);
    statement.setLong(1, block.id);
    statement.setLong(2, block.organization.value());
    statement.setLong(3, block.session);
    statement.setString(4, block.key.value());
    statement.setLong(5, block.firstAtMillis);
    statement.setLong(6, block.lastAtMillis);
    statement.setBytes(7, block.fingerprints);
    statement.setBytes(8, block.bytes);
    statement.executeUpdate();
  }

  private static void insertTexts(Sql sql, Block block) throws SQLException {
    long id = block.firstTextId;
    for (CapturedText text : block.texts) {
      PreparedStatement statement = sql.kept(INSERT_TEXT);
      statement.setLong(1, id++);
      statement.setLong(2, block.organization.value());
      statement.setLong(3, block.session);
      statement.setLong(4, block.id);
      statement.setLong(5, text.event());
      statement.setLong(6, text.atMillis());
      statement.setString(7, text.what());
      statement.setString(8, text.text());
      statement.executeUpdate();
    }
  }

  static boolean isEmpty(SessionReport report) {
    return report.events().isEmpty() && report.readings().isEmpty();
  }

  static byte[] fingerprints(SessionReport report) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * (report.events().size() + report.readings().size()));
    for (AgentEvent event : report.events()) {
      bytes.putLong(event.fingerprint());
    }
    for (Reading reading : report.readings()) {
      bytes.putLong(reading.fingerprint());
    }
    return bytes.array();
  }

  /**
   * Deletes what happened before a time, to the event.
   *
   * @return how many blocks were deleted or shortened
   */
  static int deleteBefore(Sql sql, long cutoffMillis) {
    int deleted =
        sql.update(
            "DELETE FROM agent_blocks WHERE first_at < ? AND last_at < ?",
            cutoffMillis,
            cutoffMillis);
    record Part(long id, byte[] bytes) {}
    List<Part> parts =
        sql.list(
            "SELECT id, block FROM agent_blocks WHERE first_at < ? LIMIT 10000",
            row -> new Part(row.getLong(1), row.getBytes(2)),
            cutoffMillis);
    for (Part part : parts) {
      SessionReport left =
          Times.between(
              ReportCodec.decodeSession(part.bytes), cutoffMillis, Long.MAX_VALUE, List.of());
      sql.update(
          "UPDATE agent_blocks SET first_at = ?, last_at = ?, fingerprints = ?, block = ?"
              + " WHERE id = ?",
          Times.first(left),
          Times.last(left),
          fingerprints(left),
          ReportCodec.encodeSession(left),
          part.id);
    }
    return deleted + parts.size();
  }

  static int deleteTextsBefore(Sql sql, long cutoffMillis) {
    return sql.update("DELETE FROM captured_texts WHERE at < ?", cutoffMillis);
  }
}
