package dev.probity.telemetry.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What was last known by key, for so many keys as were used last. Safe for several threads. */
final class Recent<K, V> {
  private final Map<K, V> values;

  Recent(int most) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * Puts a value in the place of the one that is there.
   *
   * @return the value that was there; null if there was none
   */
  synchronized @Nullable V put(K key, V value) {
    return values.put(key, value);
  }

  /** Changes a value, beginning with the first one given if there is none. */
  synchronized void change(K key, V first, UnaryOperator<V> change) {
    values.merge(key, change.apply(first), (old, changed) -> change.apply(old));
  }

  synchronized @Nullable V find(K key) {
    return values.get(key);
  }

  synchronized List<Map.Entry<K, V>> entries() {
    return values.entrySet().stream().map(Map.Entry::copyOf).toList();
  }
}
