package dev.probity.server.settings;

import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Type.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The keys of one section and what they make together.
 *
 * @param make called only when every value was right
 */
record Schema<T>(List<Key<?>> keys, Function<Values, T> make) {

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  /** What the section is when the file does not have it. */
  T defaults() {
    return make.apply(new Values(Map.of(), Set.of(), Place.WHOLE_FILE));
  }

  /** Reads the section, complaining of everything in it that is wrong. */
  Optional<T> read(MappingNode mapping, Reading reading) {
    int before = reading.problems().count();
    Values values = readValues(mapping, reading);
    return reading.problems().count() > before ? Optional.empty() : Optional.of(make.apply(values));
  }

  /** The same, but what is right is made into something even if other values are wrong. */
  T readAsFarAsPossible(MappingNode mapping, Reading reading) {
    return make.apply(readValues(mapping, reading));
  }

  private Values readValues(MappingNode mapping, Reading reading) {
    Map<String, Object> values = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name) {
        readKey(name, tuple.getValueNode(), seen, values, reading);
      } else {
        reading.complain(tuple.getKeyNode(), "found a key that is no word");
      }
    }
    for (Key<?> key : keys) {
      if (key.required() && !seen.contains(key.name())) {
        reading.complain(
            mapping, key.name() + " is missing (expected: " + key.type().description() + ")");
      }
    }
    seen.removeAll(values.keySet());
    return new Values(values, seen, Place.of(mapping.getStartMark()));
  }

  private void readKey(
      ScalarNode name, Node value, Set<String> seen, Map<String, Object> values, Reading reading) {
    Optional<Key<?>> key = keys.stream().filter(k -> k.name().equals(name.getValue())).findFirst();
    if (key.isEmpty()) {
      reading.complain(
          name,
          "unknown key "
              + name.getValue()
              + Nearest.hint(name.getValue(), names())
              + " (known here: "
              + String.join(", ", names())
              + ")");
    } else if (!seen.add(name.getValue())) {
      reading.complain(name, name.getValue() + " stands twice in this section");
    } else {
      key.get().type().read(value, reading).ifPresent(v -> values.put(name.getValue(), v));
    }
  }

  /**
   * The values of one section, by key.
   *
   * @param wrong the keys whose values could not be read
   * @param place where the section stands
   */
  record Values(Map<String, Object> given, Set<String> wrong, Place place) {
    boolean isWrong(Key<?> key) {
      return wrong.contains(key.name());
    }

    /** The value given, or the default; for keys that are required or have a default. */
    <V> V get(Key<V> key) {
      return optional(key)
          .orElseThrow(() -> new IllegalStateException(key.name() + " has no value"));
    }

    /** The value given, or the default if there is one. */
    @SuppressWarnings("unchecked") // readKey put there what the key's own type made
    <V> Optional<V> optional(Key<V> key) {
      Object value = given.get(key.name());
      return value != null ? Optional.of((V) value) : standard(key);
    }

    private static <V> Optional<V> standard(Key<V> key) {
      return switch (key.type()) {
        case Type.Scalar<V> scalar -> key.standard().map(scalar.parse());
        // Sections whose keys all have defaults are there even when the file has them not.
        case Type.Section<V> section when !key.required() && section.schema().isComplete() ->
            Optional.of(section.schema().defaults());
        default -> Optional.empty();
      };
    }
  }

  /** Whether the section means something when nothing stands in it. */
  private boolean isComplete() {
    return keys.stream().noneMatch(Key::required);
  }
}
