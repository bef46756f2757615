package dev.probity.gateway.routing.health;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/**
 * When something may be had again, in every way that providers write it: {@code 30}, {@code 0.5},
 * {@code 1s}, {@code 6m0s}, {@code 12ms}, {@code 2h3m4.5s}, {@code 2026-11-20T12:00:00Z}, {@code
 * Fri, 20 Nov 2026 12:00:00 GMT}, seconds or milliseconds since 1970.
 */
final class ResetTime {
  /** A number this large is no length of time but a moment. */
  private static final double LEAST_EPOCH_SECONDS = 1e9;

  private static final double LEAST_EPOCH_MILLIS = 1e12;

  /** Nobody is waited for longer than a day. */
  private static final double MOST_MILLIS = 86_400_000;

  private static final int LONGEST = 64;

  private ResetTime() {}

  /** Milliseconds from now, at least 0; empty for what none of the formats is. */
  static OptionalLong millis(String text, long wallMillis) {
    String value = text.strip();
    if (value.isEmpty() || value.length() > LONGEST) {
      return OptionalLong.empty();
    }
    if (value.indexOf('T') > 0 && value.indexOf('-') > 0) {
      return moment(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME, wallMillis);
    }
    if (value.indexOf(',') > 0) {
      return moment(value, DateTimeFormatter.RFC_1123_DATE_TIME, wallMillis);
    }
    return duration(value, wallMillis);
  }

  private static OptionalLong moment(String value, DateTimeFormatter format, long wallMillis) {
    try {
      long at =
          format == DateTimeFormatter.ISO_OFFSET_DATE_TIME
              ? OffsetDateTime.parse(value, format).toInstant().toEpochMilli()
              : ZonedDateTime.parse(value, format).toInstant().toEpochMilli();
      return within(at - wallMillis);
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong duration(String value, long wallMillis) {
    double millis = 0;
    int at = 0;
    while (at < value.length()) {
      int end = at;
      while (end < value.length() && isNumber(value.charAt(end))) {
        end++;
      }
      int unitEnd = end;
      while (unitEnd < value.length() && !isNumber(value.charAt(unitEnd))) {
        unitEnd++;
      }
      double number = number(value.substring(at, end));
      String unit = value.substring(end, unitEnd);
      if (unit.isEmpty() && at == 0) {
        return bare(number, wallMillis);
      }
      double factor = unitMillis(unit);
      if (Double.isNaN(number) || factor == 0) {
        return OptionalLong.empty();
      }
      millis += number * factor;
      at = unitEnd;
    }
    return within(millis);
  }

  private static OptionalLong bare(double number, long wallMillis) {
    if (Double.isNaN(number)) {
      return OptionalLong.empty();
    }
    if (number >= LEAST_EPOCH_MILLIS) {
      return within(number - wallMillis);
    }
    return within(number >= LEAST_EPOCH_SECONDS ? number * 1_000 - wallMillis : number * 1_000);
  }

  private static boolean isNumber(char c) {
    return c >= '0' && c <= '9' || c == '.';
  }

  private static double number(String digits) {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static double unitMillis(String unit) {
    return switch (unit) {
      case "ns" -> 1e-6;
      case "us", "µs" -> 1e-3;
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 0;
    };
  }

  private static OptionalLong within(double millis) {
    return OptionalLong.of((long) Math.ceil(Math.clamp(millis, 0, MOST_MILLIS)));
  }
}
