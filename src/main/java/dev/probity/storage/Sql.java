package dev.probity.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Plain SQL on one connection. Parameters are text, numbers, booleans (0 or 1), bytes, and
 * optionals of them (empty is NULL).
 */
public final class Sql {
  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  /** By their text, which is the program's own: there are as many as the program has. */
  private final Map<String, PreparedStatement> kept = new HashMap<>();

  public Sql(Connection connection) {
    this.connection = connection;
  }

  /** All rows of a query. The query bounds them. */
  public <T> List<T> list(String query, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = prepare(query, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    } catch (SQLException e) {
      throw failure(query, e);
    }
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  /** Hands every row of a query on, without keeping any. */
  public void each(String query, RowTaker taker, Object... parameters) {
    try (PreparedStatement statement = prepare(query, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        taker.take(rows);
      }
    } catch (SQLException e) {
      throw failure(query, e);
    }
  }

  /** The first row of a query, if it has one. */
  public <T> Optional<T> first(String query, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = prepare(query, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw failure(query, e);
    }
  }

  /** How many rows a change touched. */
  public int update(String change, Object... parameters) {
    try (PreparedStatement statement = prepare(change, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(change, e);
    }
  }

  /** Statements without parameters or results, separated by semicolons. */
  public void script(String statements) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(statements);
    } catch (SQLException e) {
      throw failure(statements, e);
    }
  }

  /** A column that may be NULL. */
  public static OptionalLong optionalLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * A statement that is prepared once for the connection, for what is run again and again. The
   * caller binds every parameter and does not close it.
   */
  public PreparedStatement kept(String text) {
    return kept.computeIfAbsent(text, this::prepare);
  }

  private PreparedStatement prepare(String text) {
    try {
      return connection.prepareStatement(text);
    } catch (SQLException e) {
      throw failure(text, e);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    switch (value) {
      case Optional<?> optional when optional.isPresent() -> bind(statement, index, optional.get());
      case OptionalLong optional when optional.isPresent() ->
          statement.setLong(index, optional.getAsLong());
      case Optional<?> _, OptionalLong _ -> statement.setObject(index, null);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case byte[] bytes -> statement.setBytes(index, bytes);
      default -> statement.setObject(index, value);
    }
  }

  private static StorageException failure(String sql, SQLException cause) {
    return new StorageException("SQL failed (" + cause.getMessage() + "): " + sql, cause);
  }
}
