package dev.probity.gateway.door;

import dev.probity.gateway.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which paths are model traffic, made from the list in {@code server.Routes}. */
public final class ModelPaths {
  private static final String MODEL = "{model}";

  /**
   * @param path as a client calls it; {@code {model}} stands for a name in the path
   */
  public record ModelPath(String path, Operation operation) {}

  /**
   * @param model the model in the path, still percent-encoded; empty where the body names it
   */
  record Target(Operation operation, String model) {}

  private final Map<String, Target> exact = new HashMap<>();
  private final Map<String, Operation> methods = new HashMap<>();
  private final List<String> prefixes;
  private final List<String> modelParents;

  /**
   * @param prefixes vendors' names below which the same paths are served again, such as {@code
   *     /openai}
   */
  public ModelPaths(List<ModelPath> paths, List<String> prefixes) {
    this.prefixes = List.copyOf(prefixes);
    for (ModelPath each : paths) {
      int hole = each.path().indexOf(MODEL);
      if (hole < 0) {
        exact.put(each.path(), new Target(each.operation(), ""));
      } else {
        methods.put(
            each.path().substring(0, hole) + each.path().substring(hole + MODEL.length()),
            each.operation());
      }
    }
    this.modelParents =
        paths.stream()
            .filter(each -> each.path().contains(MODEL))
            .map(each -> each.path().substring(0, each.path().indexOf(MODEL)))
            .distinct()
            .toList();
  }

  /** The path without its vendor prefix. */
  String withoutPrefix(String path) {
    for (String prefix : prefixes) {
      if (path.startsWith(prefix)
          && path.length() > prefix.length()
          && path.charAt(prefix.length()) == '/') {
        return path.substring(prefix.length());
      }
    }
    return path;
  }

  /**
   * @param path without query and vendor prefix
   */
  Optional<Target> find(String path) {
    Target target = exact.get(path);
    if (target != null) {
      return Optional.of(target);
    }
    for (String parent : modelParents) {
      int colon = path.lastIndexOf(':');
      if (colon > parent.length() && path.startsWith(parent)) {
        Operation operation = methods.get(parent + path.substring(colon));
        if (operation != null) {
          return Optional.of(new Target(operation, path.substring(parent.length(), colon)));
        }
      }
    }
    return Optional.empty();
  }
}
