package dev.probity.storage.telemetry;

import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.SqliteSettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that stop to work all at once, as when the process dies: every change before that was
 * made, none after it is.
 */
final class CrashingConnections implements SqliteConnections {
  private final EncryptedSqlite real = new EncryptedSqlite();
  private final List<Connection> opened = new ArrayList<>();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  /** Lets this many changes through, and nothing more. */
  void crashAfter(int changes) {
    left.set(changes);
  }

  boolean hasCrashed() {
    return left.get() < 0;
  }

  /** What the death of the process does to what it had open. */
  void abandon() {
    for (Connection connection : opened) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public Connection open(Path file, byte[] key, SqliteSettings settings) {
    Connection connection = real.open(file, key, settings);
    opened.add(connection);
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          Object result = call(connection, method, arguments);
          return switch (result) {
            case PreparedStatement statement -> counting(PreparedStatement.class, statement);
            case Statement statement -> counting(Statement.class, statement);
            case null, default -> result;
          };
        });
  }

  private <T extends Statement> T counting(Class<T> type, T statement) {
    return proxy(
        type,
        (_, method, arguments) -> {
          boolean change = method.getName().equals("executeUpdate");
          if (change ? left.decrementAndGet() < 0 : hasCrashed()) {
            if (!method.getName().equals("close")) {
              throw new SQLException("crashed");
            }
          }
          return call(statement, method, arguments);
        });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            CrashingConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
