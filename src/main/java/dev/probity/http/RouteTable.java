package dev.probity.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request. Literal segments win over parameters. */
final class RouteTable {
  private final List<Entry> entries;

  RouteTable(List<Route> routes) {
    Set<String> shapes = new HashSet<>();
    for (Route route : routes) {
      String shape = route.method() + " " + route.path().replaceAll("\\{[^/]*}", "{}");
      if (!shapes.add(shape)) {
        throw new IllegalArgumentException(shape + ": two routes (expected: one)");
      }
    }
    this.entries =
        routes.stream()
            .map(route -> new Entry(route, route.segments()))
            .sorted((a, b) -> Long.compare(parameters(a), parameters(b)))
            .toList();
  }

  /** What a request's method and (still encoded) path lead to. */
  sealed interface Match {}

  record Found(Route route, Map<String, String> parameters) implements Match {}

  /**
   * @param allowed the methods that the path does serve, as the {@code Allow} header has them
   */
  record WrongMethod(String allowed) implements Match {}

  record Unknown() implements Match {}

  Match match(String method, String rawPath) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> segments = split(rawPath).stream().map(Decoding::percent).toList();
    Set<String> allowed = new TreeSet<>();
    for (Entry entry : entries) {
      Map<String, String> parameters = new HashMap<>();
      if (fits(entry.segments, segments, parameters)) {
        if (entry.route.method().equals(wanted)) {
          return new Found(entry.route, Map.copyOf(parameters));
        }
        allowed.add(entry.route.method());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed.isEmpty() ? new Unknown() : new WrongMethod(String.join(", ", allowed));
  }

  static List<String> split(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static boolean fits(
      List<String> pattern, List<String> segments, Map<String, String> parameters) {
    if (pattern.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      String wanted = pattern.get(i);
      String segment = segments.get(i);
      if (isParameter(wanted) && !segment.isEmpty()) {
        parameters.put(wanted.substring(1, wanted.length() - 1), segment);
      } else if (!wanted.equals(segment)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static long parameters(Entry entry) {
    return entry.segments.stream().filter(RouteTable::isParameter).count();
  }

  private record Entry(Route route, List<String> segments) {}
}
