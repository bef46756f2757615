package dev.probity.gateway.routing;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the day on days of the week, in UTC: {@code 22-06}, {@code mon-fri 08:30-18}, {@code
 * sat,sun 00-24}. Hours that pass midnight belong to the day on which they begin.
 *
 * @param fromMinute of the day, inclusive
 * @param toMinute of the day, exclusive; up to 1440
 */
public record Hours(Set<DayOfWeek> days, int fromMinute, int toMinute) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([a-z]{3}(?:[-,][a-z]{3})*) +)?(\\d{1,2})(?::(\\d{2}))?-(\\d{1,2})(?::(\\d{2}))?");

  private static final long DAY_MILLIS = 86_400_000;

  /** 1970-01-01 was a Thursday. */
  private static final int FIRST_DAY = DayOfWeek.THURSDAY.getValue() - 1;

  public Hours {
    days = Set.copyOf(days);
  }

  /**
   * Reads several, with {@code ;} between.
   *
   * @throws IllegalArgumentException if they are not written like that
   */
  public static List<Hours> parse(String text) {
    List<Hours> all = new ArrayList<>();
    for (String each : text.toLowerCase(Locale.ROOT).split(";", -1)) {
      all.add(parseOne(each.strip()));
    }
    return List.copyOf(all);
  }

  private static Hours parseOne(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not hours: " + text);
    }
    int from = minute(matcher.group(2), matcher.group(3));
    int to = minute(matcher.group(4), matcher.group(5));
    if (from == to || from == 1_440) {
      throw new IllegalArgumentException("no hours at all: " + text);
    }
    return new Hours(days(matcher.group(1)), from, to);
  }

  private static int minute(String hours, @org.jspecify.annotations.Nullable String minutes) {
    int minute = minutes == null ? 0 : Integer.parseInt(minutes);
    int of = 60 * Integer.parseInt(hours) + minute;
    if (minute > 59 || of > 1_440) {
      throw new IllegalArgumentException("no time of the day: " + hours);
    }
    return of;
  }

  private static Set<DayOfWeek> days(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",")) {
      int dash = part.indexOf('-');
      DayOfWeek from = day(dash < 0 ? part : part.substring(0, dash));
      DayOfWeek to = dash < 0 ? from : day(part.substring(dash + 1));
      for (DayOfWeek day = from; ; day = day.plus(1)) {
        days.add(day);
        if (day == to) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException("no day: " + name);
  }

  boolean contain(long wallMillis) {
    int minute = (int) (Math.floorMod(wallMillis, DAY_MILLIS) / 60_000);
    DayOfWeek today =
        DayOfWeek.of(Math.floorMod(Math.floorDiv(wallMillis, DAY_MILLIS) + FIRST_DAY, 7) + 1);
    if (fromMinute < toMinute) {
      return minute >= fromMinute && minute < toMinute && days.contains(today);
    }
    return minute >= fromMinute
        ? days.contains(today)
        : minute < toMinute && days.contains(today.minus(1));
  }
}
