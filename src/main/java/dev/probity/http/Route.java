package dev.probity.http;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One method of one path, as data, so that all of them can be listed with the permission they need.
 *
 * @param path segments, each literal or {@code {name}}: {@code /api/keys/{id}}
 */
public record Route(String method, String path, Permission permission, Handler handler) {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  public Route {
    Objects.requireNonNull(permission, () -> method + " " + path + ": no permission");
    Objects.requireNonNull(handler, () -> method + " " + path + ": no handler");
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException(method + " (expected: one of " + METHODS + ")");
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: " + path + " (expected: to start with /)");
    }
  }

  public static Route get(String path, Permission permission, Handler handler) {
    return new Route("GET", path, permission, handler);
  }

  public static Route post(String path, Permission permission, Handler handler) {
    return new Route("POST", path, permission, handler);
  }

  public static Route delete(String path, Permission permission, Handler handler) {
    return new Route("DELETE", path, permission, handler);
  }

  List<String> segments() {
    return RouteTable.split(path);
  }

  /** Serves one route. Runs on a virtual thread and may block. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers a call whose caller has the route's permission.
     *
     * @throws RefusedException when the call is the caller's mistake
     */
    Answer handle(Call call);
  }
}
