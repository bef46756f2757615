package dev.probity.web.figures;

import dev.probity.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. Templates call these. */
public final class Format {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int CENTS = 2;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  private Format() {}

  /** Dollars as short as they stay meaningful: $12.34, $0.0079, $1,234.50, &lt;$0.000001. */
  public static String usd(long nanoUsd) {
    BigDecimal value = BigDecimal.valueOf(nanoUsd, 9);
    BigDecimal size = value.abs();
    if (size.signum() == 0) {
      return "$0";
    }
    if (size.compareTo(new BigDecimal("0.000001")) < 0) {
      return "<$0.000001";
    }
    int scale = size.compareTo(BigDecimal.ONE) >= 0 ? CENTS : decimalsForTwoDigits(size);
    return "$" + String.format(Locale.ROOT, "%,." + scale + "f", value);
  }

  /** A difference, with its sign: +$1.20, −$0.05, $0. */
  public static String signedUsd(long nanoUsd) {
    return nanoUsd == 0 ? "$0" : (nanoUsd < 0 ? "−" : "+") + usd(Math.abs(nanoUsd));
  }

  /** A difference, with its sign: +1,200, −5, 0. */
  public static String signed(long value) {
    return value == 0 ? "0" : (value < 0 ? "−" : "+") + number(Math.abs(value));
  }

  /** Every digit, for the place where the arithmetic is shown. */
  public static String exactUsd(long nanoUsd) {
    return "$" + Money.usd(nanoUsd);
  }

  /** 1,234,567 */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** 950, 12.3k, 4.56M, 7.89B */
  public static String compact(long value) {
    String[] units = {"", "k", "M", "B", "T"};
    double rest = value;
    int unit = 0;
    while (Math.abs(rest) >= 999.5 && unit < units.length - 1) {
      rest /= 1_000;
      unit++;
    }
    if (unit == 0) {
      return Long.toString(value);
    }
    int decimals = rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0;
    String digits =
        BigDecimal.valueOf(rest)
            .setScale(decimals, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    return digits + units[unit];
  }

  /** 842 ms, 3.2 s, 2 min 5 s, 13 min, 3 h 12 min, 2 d 4 h */
  public static String duration(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    if (millis < HOUR_MILLIS) {
      String seconds = millis < 600_000 ? " " + millis % 60_000 / 1_000 + " s" : "";
      return millis / 60_000 + " min" + seconds;
    }
    return millis < 2 * DAY_MILLIS
        ? millis / HOUR_MILLIS + " h " + millis % HOUR_MILLIS / 60_000 + " min"
        : millis / DAY_MILLIS + " d " + millis % DAY_MILLIS / HOUR_MILLIS + " h";
  }

  /** 512 B, 12.3 kB, 4.5 MB */
  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }

  /** A part of a whole: 12.5%; a dash where there is no whole. */
  public static String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    double percent = 100.0 * part / whole;
    boolean plain = percent == 0 || percent >= 99.95 || percent == Math.rint(percent);
    return String.format(Locale.ROOT, plain ? "%.0f%%" : "%.1f%%", percent);
  }

  /** 12%, where there is no room for more. */
  public static String wholePercent(long part, long whole) {
    return whole == 0 ? "–" : Math.round(100.0 * part / whole) + "%";
  }

  /** 20 Nov 2026, 15:04:05 UTC; scripts turn it into the reader's own time. */
  public static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /** For the datetime attribute of a time element. */
  public static String isoTime(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static int decimalsForTwoDigits(BigDecimal size) {
    // 0.0079 has its first digit at the third place.
    return Math.max(CENTS, size.scale() - size.precision() + CENTS);
  }
}
