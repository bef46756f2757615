package dev.probity.gateway.routing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which deployment goes with a key, for a while. Of a fixed size: eight places for each group of
 * keys, of which the one unused for longest gives way. No lock: two writers at the same place at
 * once may lose one of the entries, which costs a cache hit and nothing else.
 */
final class StickyTable {
  private static final int WAYS = 8;

  /**
   * @param key a hash; never what it was made of
   */
  record Entry(long key, String deployment, long usedNanos) {}

  private final AtomicReferenceArray<@Nullable Entry> entries;
  private final int groupMask;
  private final long lifeNanos;

  /**
   * @param size entries at most; a power of two, at least 8
   * @param lifeNanos how long an entry holds after its last use
   */
  StickyTable(int size, long lifeNanos) {
    if (Integer.bitCount(size) != 1 || size < WAYS) {
      throw new IllegalArgumentException(
          "size: " + size + " (expected: a power of two, 8 or more)");
    }
    this.entries = new AtomicReferenceArray<>(size);
    this.groupMask = size / WAYS - 1;
    this.lifeNanos = lifeNanos;
  }

  /** The entry, if it still holds. */
  Optional<Entry> find(long key, long nowNanos) {
    int at = group(key);
    for (int i = at; i < at + WAYS; i++) {
      Entry entry = entries.get(i);
      if (entry != null && entry.key == key && holds(entry, nowNanos)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Makes or renews an entry. */
  void put(long key, String deployment, long nowNanos) {
    int at = group(key);
    int place = at;
    long oldest = Long.MIN_VALUE;
    for (int i = at; i < at + WAYS; i++) {
      Entry entry = entries.get(i);
      if (entry != null && entry.key == key) {
        place = i;
        break;
      }
      long age = entry == null ? Long.MAX_VALUE : nowNanos - entry.usedNanos;
      if (age > oldest) {
        oldest = age;
        place = i;
      }
    }
    entries.set(place, new Entry(key, deployment, nowNanos));
  }

  private boolean holds(Entry entry, long nowNanos) {
    return nowNanos - entry.usedNanos < lifeNanos;
  }

  private int group(long key) {
    return (int) (key & groupMask) * WAYS;
  }
}
