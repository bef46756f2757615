package dev.probity.storage.telemetry;

import dev.probity.storage.Sql;
import dev.probity.telemetry.sessions.Dimensions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds a batch's changes to the sums of hours and days. However many different values agents
 * report, a day of an organization has a bounded number of dimensions: beyond it, first what is
 * worked on is no longer told apart, then nothing is.
 */
final class SumWriter {
  static final long HOUR_MILLIS = 3_600_000;
  static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  /** Stands for all values that are not told apart. */
  static final String OTHER = "(other)";

  private static final int DAYS_REMEMBERED = 1_000;

  private record Day(long organization, long dayMillis) {}

  private final SumTable hours = new SumTable("sums_hours");
  private final SumTable days = new SumTable("sums_days");
  private final DimensionTable dimensions = new DimensionTable();
  private final int mostPerDay;

  private final Map<Day, Integer> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Day, Integer> eldest) {
          return size() > DAYS_REMEMBERED;
        }
      };

  /**
   * @param mostPerDay how many dimensions of a day are told apart; half as many again, at most,
   *     with what is worked on left out
   */
  SumWriter(int mostPerDay) {
    this.mostPerDay = mostPerDay;
  }

  void add(Sql sql, HourChanges changes) {
    record Sum(long organization, long day, long dimensions) {}
    Map<Sum, long[]> daily = new HashMap<>();
    changes.forEach((organization, hour, of, change) -> {
      long day = Math.floorDiv(hour, DAY_MILLIS) * DAY_MILLIS;
      long id = numberOf(sql, organization, day, of, hour);
      hours.add(sql, organization, hour, id, change);
      long[] sum =
          daily.computeIfAbsent(
              new Sum(organization, day, id),
              _ -> {
                // Counted at once, or the day's bound would not hold within a batch.
                if (!days.has(sql, organization, day, id)) {
                  days.add(sql, organization, day, id, new long[FigureBytes.COUNT]);
                  counts.merge(new Day(organization, day), 1, Integer::sum);
                }
                return new long[FigureBytes.COUNT];
              });
      for (int i = 0; i < sum.length; i++) {
        sum[i] += change[i];
      }
    });
    daily.forEach(
        (sum, change) -> days.add(sql, sum.organization, sum.day, sum.dimensions, change));
  }

  /**
   * Deletes what happened before a time; of the hour that it falls into, everything.
   *
   * @return how many sums
   */
  int deleteBefore(Sql sql, long cutoffMillis) {
    long day = Math.floorDiv(cutoffMillis, DAY_MILLIS) * DAY_MILLIS;
    int deleted = hours.deleteBefore(sql, cutoffMillis);
    if (deleted > 0 && day < cutoffMillis) {
      days.organizations(sql).forEach(organization -> days.recount(sql, organization, day, hours));
    }
    deleted += days.deleteBefore(sql, day);
    if (deleted > 0) {
      dimensions.deleteBefore(sql, cutoffMillis);
      counts.clear();
    }
    return deleted;
  }

  void forget() {
    hours.forget();
    days.forget();
    dimensions.forget();
    counts.clear();
  }

  private long numberOf(Sql sql, long organization, long day, Dimensions of, long hour) {
    if (hasRoomFor(sql, organization, day, of, mostPerDay)) {
      return dimensions.intern(sql, organization, of, hour);
    }
    Dimensions coarser =
        new Dimensions(of.agent(), OTHER, of.person(), of.team(), OTHER, OTHER, of.plan());
    if (hasRoomFor(sql, organization, day, coarser, mostPerDay + mostPerDay / 2)) {
      return dimensions.intern(sql, organization, coarser, hour);
    }
    Dimensions rest = new Dimensions(OTHER, OTHER, 0, OTHER, OTHER, OTHER, "");
    return dimensions.intern(sql, organization, rest, hour);
  }

  /** Whether the day knows these, or can take in others. */
  private boolean hasRoomFor(Sql sql, long organization, long day, Dimensions of, int most) {
    int count =
        counts.computeIfAbsent(new Day(organization, day), _ -> days.count(sql, organization, day));
    if (count < most) {
      return true;
    }
    OptionalLong id = dimensions.find(sql, organization, of);
    return id.isPresent() && days.has(sql, organization, day, id.getAsLong());
  }
}
