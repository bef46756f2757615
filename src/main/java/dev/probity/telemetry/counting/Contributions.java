package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a session added to the sums on a weaker signal's word, so that it can be taken back exactly.
 *
 * <p>At most {@link #LARGEST} places are remembered. Beyond that, what was added is moved together,
 * in the sums too: first the hours of a day, then all that differs within a day. What is older than
 * some hundred days after that stays as it is and can't be taken back any more.
 */
final class Contributions {
  static final int LARGEST = 500;

  private final Map<Group, long[]> groups = new LinkedHashMap<>();

  void add(long[] amounts, Group group, SumChanges changes) {
    Totals.addTo(groups.computeIfAbsent(group, g -> new long[Totals.COUNT]), amounts, 1);
    if (groups.size() > LARGEST) {
      coarsen(changes);
    }
  }

  /** Takes everything back, and forgets it. */
  void takeBack(Totals totals, SumChanges changes) {
    groups.forEach((group, amounts) -> totals.takeBack(amounts, group, changes));
    groups.clear();
  }

  /** To half of the largest size, so that it is seldom done. */
  private void coarsen(SumChanges changes) {
    merge(group -> List.of(group.day(), group.dimensions()), changes);
    if (groups.size() > LARGEST / 2) {
      merge(Group::day, changes);
    }
    Iterator<Group> oldest = oldestFirst().iterator();
    while (groups.size() > LARGEST / 2) {
      groups.remove(oldest.next());
    }
  }

  /** Moves together what has the same key, to the latest of these places. */
  private void merge(Function<Group, Object> keyOf, SumChanges changes) {
    List<Group> all = oldestFirst();
    Map<Object, Group> latest = new HashMap<>();
    all.forEach(group -> latest.put(keyOf.apply(group), group));
    for (Group from : all) {
      Group into = latest.getOrDefault(keyOf.apply(from), from);
      if (!into.equals(from)) {
        move(from, into, changes);
      }
    }
  }

  private void move(Group from, Group into, SumChanges changes) {
    long[] amounts = groups.getOrDefault(from, new long[Totals.COUNT]);
    groups.remove(from);
    Totals.addTo(groups.computeIfAbsent(into, g -> new long[Totals.COUNT]), amounts, 1);
    Totals.addTo(changes.at(from.hourMillis(), from.dimensions()), amounts, -1);
    Totals.addTo(changes.at(into.hourMillis(), into.dimensions()), amounts, 1);
  }

  private List<Group> oldestFirst() {
    return groups.keySet().stream().sorted(Comparator.comparingLong(Group::hourMillis)).toList();
  }

  void write(ByteWriter to) {
    to.writeNumber(groups.size());
    groups.forEach((group, amounts) -> {
      StateFields.write(group, to);
      StateFields.write(amounts, to);
    });
  }

  static Contributions read(ByteReader from) {
    Contributions contributions = new Contributions();
    for (int count = from.readCount(StateFields.SMALLEST_GROUP); count > 0; count--) {
      contributions.groups.put(StateFields.readGroup(from), StateFields.readAmounts(from));
    }
    return contributions;
  }
}
