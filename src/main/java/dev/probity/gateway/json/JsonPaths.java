package dev.probity.gateway.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The places in a document that a {@link JsonScanner} watches, compiled once and shared. A path is
 * member names with dots between, {@code []} for any element of an array: {@code model}, {@code
 * choices[].delta.content}, {@code [].usage}. The empty path is the document itself and is always
 * watched, as is every step on the way to a watched path.
 */
public final class JsonPaths {
  /** The path of the document itself, as {@link #index}. */
  public static final int ROOT = 1;

  static final int NOTHING = 0;

  private static final int TEXT_BYTES = 256;
  private static final Pattern STEP = Pattern.compile("\\[]|[^.\\[]+");

  private final Map<String, Integer> indexes;
  private final MemberTable[] members;
  private final int[] elements;
  private final int[] ordinals;
  private final int[] textLimits;

  private JsonPaths(Builder from) {
    int size = from.steps.size();
    indexes = Map.copyOf(from.indexes);
    members = new MemberTable[size];
    elements = new int[size];
    ordinals = new int[size];
    textLimits = new int[size];
    for (int i = 0; i < size; i++) {
      Step step = from.steps.get(i);
      members[i] = MemberTable.of(step.members);
      elements[i] = step.element;
      textLimits[i] = step.textLimit;
      int ordinal = 0;
      for (int child : step.members.values()) {
        ordinals[child] = ordinal++;
      }
    }
  }

  /** Watches {@code paths}, keeping the first 256 bytes of each that is a string. */
  public static JsonPaths of(String... paths) {
    var builder = new Builder();
    for (String path : paths) {
      builder.text(path, TEXT_BYTES);
    }
    return builder.build();
  }

  public static Builder watch() {
    return new Builder();
  }

  /**
   * The number by which a scanner is asked about {@code path}.
   *
   * @throws IllegalArgumentException if it is not watched
   */
  public int index(String path) {
    Integer index = indexes.get(path);
    if (index == null) {
      throw new IllegalArgumentException("path: " + path + " (expected: one that is watched)");
    }
    return index;
  }

  int size() {
    return elements.length;
  }

  /** What is watched of the elements of the array at {@code index}. */
  int element(int index) {
    return elements[index];
  }

  MemberTable members(int index) {
    return members[index];
  }

  /** The place of a member among the watched members of its object, below 64. */
  int ordinal(int index) {
    return ordinals[index];
  }

  int textLimit(int index) {
    return textLimits[index];
  }

  private static final class Step {
    private final Map<String, Integer> members = new HashMap<>();
    private int element = NOTHING;
    private int textLimit;
  }

  /** Collects paths. */
  public static final class Builder {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private Builder() {
      steps.add(new Step());
      steps.add(new Step());
      indexes.put("", ROOT);
    }

    /** Watches a path and keeps the first {@code maxBytes} of a string's text there, as UTF-8. */
    public Builder text(String path, int maxBytes) {
      Step step = steps.get(add(path));
      step.textLimit = Math.max(step.textLimit, maxBytes);
      return this;
    }

    /** Watches paths without keeping text: kind, number, extent, length and count only. */
    public Builder value(String... paths) {
      for (String path : paths) {
        add(path);
      }
      return this;
    }

    public JsonPaths build() {
      return new JsonPaths(this);
    }

    private int add(String path) {
      int at = ROOT;
      var matcher = STEP.matcher(path);
      while (matcher.find()) {
        at = step(at, matcher.group());
        indexes.put(path.substring(0, matcher.end()), at);
      }
      return at;
    }

    private int step(int from, String word) {
      Step parent = steps.get(from);
      if (word.equals("[]")) {
        if (parent.element == NOTHING) {
          parent.element = newStep();
        }
        return parent.element;
      }
      int known = parent.members.getOrDefault(word, NOTHING);
      if (known != NOTHING) {
        return known;
      }
      if (word.length() > JsonStrings.NAME_BYTES) {
        throw new IllegalArgumentException(
            "path: " + word + " (expected: names of at most 64 ASCII characters)");
      }
      if (parent.members.size() == Long.SIZE) {
        throw new IllegalArgumentException(
            "path: more than 64 watched members in one object (expected: at most 64)");
      }
      int made = newStep();
      parent.members.put(word, made);
      return made;
    }

    private int newStep() {
      steps.add(new Step());
      return steps.size() - 1;
    }
  }
}
