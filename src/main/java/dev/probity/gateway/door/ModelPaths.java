package dev.probity.gateway.door;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which paths are model traffic, made from the list in {@code server.Routes}. */
public final class ModelPaths {
  private static final String MODEL = "{model}";
  private static final String ID = "{id}";
  private static final int LONGEST_ID = 256;

  /**
   * @param path as a client calls it; {@code {model}} stands for a name in the path, {@code {id}}
   *     for that of something a provider keeps
   * @param methods those that are served, with spaces between
   */
  public record ModelPath(String path, Operation operation, String methods) {
    /** One that is served by POST alone. */
    public ModelPath(String path, Operation operation) {
      this(path, operation, "POST");
    }
  }

  /**
   * @param model the model in the path, still percent-encoded, or the id; empty where there is none
   */
  record Target(Operation operation, String model, String methods) {
    boolean serves(String method) {
      return (" " + methods + " ").contains(" " + method + " ");
    }
  }

  /** A path with an id in it. */
  private record Template(String before, String after, Target target) {
    Optional<Target> match(String path) {
      int length = path.length() - before.length() - after.length();
      if (length < 1 || !path.startsWith(before) || !path.endsWith(after)) {
        return Optional.empty();
      }
      String id = path.substring(before.length(), before.length() + length);
      return isId(id)
          ? Optional.of(new Target(target.operation, id, target.methods))
          : Optional.empty();
    }

    /** Nothing that could lead out of its place in the path. */
    private static boolean isId(String id) {
      boolean word = false;
      for (int i = 0; i < id.length(); i++) {
        char c = id.charAt(i);
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        if (!letter && c != '_' && c != '-' && c != '.') {
          return false;
        }
        word |= letter;
      }
      return word && id.length() <= LONGEST_ID;
    }
  }

  private final Map<String, List<Target>> exact = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();
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
      Target target = new Target(each.operation(), "", each.methods());
      int hole = each.path().indexOf(MODEL);
      int id = each.path().indexOf(ID);
      if (id >= 0) {
        templates.add(
            new Template(
                each.path().substring(0, id), each.path().substring(id + ID.length()), target));
      } else if (hole < 0) {
        exact.computeIfAbsent(each.path(), path -> new ArrayList<>()).add(target);
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
    return find(path, "POST", false);
  }

  /**
   * @param path without query and vendor prefix
   * @param method where a path has several meanings, the one that is served by it counts
   * @param anthropic the client speaks to Anthropic, which has some of OpenAI's paths
   */
  Optional<Target> find(String path, String method, boolean anthropic) {
    List<Target> found = exact.getOrDefault(path, List.of());
    if (!found.isEmpty()) {
      return Optional.of(choose(found, method, anthropic));
    }
    for (String parent : modelParents) {
      int colon = path.lastIndexOf(':');
      if (colon > parent.length() && path.startsWith(parent)) {
        Operation operation = methods.get(parent + path.substring(colon));
        if (operation != null) {
          return Optional.of(new Target(operation, path.substring(parent.length(), colon), "POST"));
        }
      }
    }
    List<Target> matches =
        templates.stream().map(each -> each.match(path)).flatMap(Optional::stream).toList();
    return matches.isEmpty() ? Optional.empty() : Optional.of(choose(matches, method, anthropic));
  }

  private static Target choose(List<Target> found, String method, boolean anthropic) {
    List<Target> vendors =
        found.stream()
            .filter(each -> anthropic == (each.operation().dialect() == Dialect.MESSAGES))
            .toList();
    List<Target> possible = vendors.isEmpty() ? found : vendors;
    return possible.stream()
        .filter(each -> each.serves(method))
        .findFirst()
        .orElse(possible.getFirst());
  }
}
