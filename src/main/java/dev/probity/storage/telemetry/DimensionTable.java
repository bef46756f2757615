package dev.probity.storage.telemetry;

import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import dev.probity.telemetry.sessions.Dimensions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Dimensions and their numbers. For the writer's thread. */
final class DimensionTable {
  /** How many are remembered: about 15 MB. */
  private static final int REMEMBERED = 50_000;

  private static final String FIND = "SELECT id, last_seen FROM dimensions WHERE hash = ?";
  private static final String SEEN = "UPDATE dimensions SET last_seen = ? WHERE id = ?";
  private static final String INSERT =
      """
      INSERT INTO dimensions (hash, organization, agent, model, person, team, repository, branch,
        plan, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """;

  private record Place(long organization, Dimensions dimensions) {}

  private static final class Known {
    private final long id;
    private long lastSeen;

    private Known(long id, long lastSeen) {
      this.id = id;
      this.lastSeen = lastSeen;
    }
  }

  private final Map<Place, Known> remembered =
      new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final MessageDigest digest;

  DimensionTable() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Their number, if they have one. */
  OptionalLong find(Sql sql, long organization, Dimensions dimensions) {
    Place place = new Place(organization, dimensions);
    Known known = remembered.get(place);
    if (known != null) {
      return OptionalLong.of(known.id);
    }
    PreparedStatement statement = sql.kept(FIND);
    try {
      statement.setLong(1, hash(place));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return OptionalLong.empty();
        }
        Known found = new Known(row.getLong(1), row.getLong(2));
        remembered.put(place, found);
        return OptionalLong.of(found.id);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Their number, which they are given if they have none.
   *
   * @param hourMillis the hour that they are used in
   */
  long intern(Sql sql, long organization, Dimensions dimensions, long hourMillis) {
    Place place = new Place(organization, dimensions);
    if (find(sql, organization, dimensions).isEmpty()) {
      remembered.put(place, insert(sql, place, hourMillis));
    }
    Known known = remembered.get(place);
    if (known == null) {
      throw new IllegalStateException("dimensions that were just found are forgotten");
    }
    if (known.lastSeen < hourMillis) {
      known.lastSeen = hourMillis;
      sql.update(SEEN, hourMillis, known.id);
    }
    return known.id;
  }

  /** Deletes those that were last used before a time: no sum has them any more. */
  int deleteBefore(Sql sql, long millis) {
    remembered.values().removeIf(known -> known.lastSeen < millis);
    return sql.update("DELETE FROM dimensions WHERE last_seen < ?", millis);
  }

  void forget() {
    remembered.clear();
  }

  private Known insert(Sql sql, Place place, long hourMillis) {
    Dimensions of = place.dimensions;
    PreparedStatement statement = sql.kept(INSERT);
    try {
      statement.setLong(1, hash(place));
      statement.setLong(2, place.organization);
      statement.setString(3, of.agent());
      statement.setString(4, of.model());
      statement.setLong(5, of.person());
      statement.setString(6, of.team());
      statement.setString(7, of.repository());
      statement.setString(8, of.branch());
      statement.setString(9, of.plan());
      statement.setLong(10, hourMillis);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Known(row.getLong(1), hourMillis);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** 64 bits of SHA-256: that two dimensions meet in one is not to be expected. */
  private long hash(Place place) {
    Dimensions of = place.dimensions;
    digest.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(place.organization)
            .putLong(of.person())
            .array());
    String[] texts = {of.agent(), of.model(), of.team(), of.repository(), of.branch(), of.plan()};
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static StorageException failure(SQLException cause) {
    return new StorageException("dimensions cannot be used: " + cause.getMessage(), cause);
  }
}
