package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figure;
import java.util.Optional;

/**
 * Where a session itself is counted: in the hour of the first thing that happened in it, and under
 * the first that became known of team, repository and the like. It moves when an earlier thing is
 * reported late, or when more becomes known.
 */
final class Opening {
  private static final int SESSIONS = Figure.SESSIONS.ordinal();

  private Optional<Group> group;
  private boolean withdrawn;

  Opening() {
    this(Optional.empty(), false);
  }

  private Opening(Optional<Group> group, boolean withdrawn) {
    this.group = group;
    this.withdrawn = withdrawn;
  }

  /**
   * Counts the session, or moves it.
   *
   * @param dimensions what is known now, without a model
   */
  void count(long atMillis, Dimensions dimensions, Totals totals, SumChanges changes) {
    if (withdrawn) {
      return;
    }
    Group now = Group.at(atMillis, dimensions);
    if (group.isEmpty()) {
      totals.add(one(), now, changes);
      group = Optional.of(now);
      return;
    }
    Group before = group.get();
    Group better =
        new Group(
            Math.min(before.hourMillis(), now.hourMillis()),
            filled(before.dimensions(), dimensions));
    if (!better.equals(before)) {
      changes.at(before.hourMillis(), before.dimensions())[SESSIONS]--;
      changes.at(better.hourMillis(), better.dimensions())[SESSIONS]++;
      group = Optional.of(better);
    }
  }

  /** Does not count it after all, because somebody else does. */
  void withdraw(Totals totals, SumChanges changes) {
    group.ifPresent(counted -> totals.takeBack(one(), counted, changes));
    group = Optional.empty();
    withdrawn = true;
  }

  private static long[] one() {
    long[] one = new long[Totals.COUNT];
    one[SESSIONS] = 1;
    return one;
  }

  private static Dimensions filled(Dimensions first, Dimensions now) {
    return new Dimensions(
        first(first.agent(), now.agent()),
        first.model(),
        first.person() != 0 ? first.person() : now.person(),
        first(first.team(), now.team()),
        first(first.repository(), now.repository()),
        first(first.branch(), now.branch()),
        first(first.plan(), now.plan()));
  }

  private static String first(String first, String now) {
    return first.isEmpty() ? now : first;
  }

  void write(ByteWriter to) {
    to.writeByte(withdrawn ? 1 : 0);
    to.writeByte(group.isPresent() ? 1 : 0);
    group.ifPresent(known -> StateFields.write(known, to));
  }

  static Opening read(ByteReader from) {
    boolean withdrawn = from.readByte() != 0;
    return new Opening(
        from.readByte() == 0 ? Optional.empty() : Optional.of(StateFields.readGroup(from)),
        withdrawn);
  }
}
