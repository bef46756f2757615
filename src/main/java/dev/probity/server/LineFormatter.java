package dev.probity.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line a record, such as {@code 2026-11-20T22:10:05.123Z WARN gateway.door message}, and below
 * it the stack trace if there is one. Credentials are masked, and a message can't forge lines or
 * control a terminal.
 */
final class LineFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String OWN_PACKAGE = "dev.probity.";

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(record.getInstant(), line);
    line.append(' ').append(word(record.getLevel())).append(' ');
    line.append(shortName(record.getLoggerName())).append("  ");
    line.append(harmless(Redaction.mask(formatMessage(record)))).append('\n');
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      line.append(harmless(Redaction.mask(trace.toString().stripTrailing()))).append('\n');
    }
    return line.toString();
  }

  private static String word(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO ";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static String shortName(@org.jspecify.annotations.Nullable String name) {
    if (name == null) {
      return "";
    }
    return name.startsWith(OWN_PACKAGE) ? name.substring(OWN_PACKAGE.length()) : name;
  }

  /** Further lines are indented, so that none can pass for a record; control characters go. */
  private static String harmless(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        result.append("\n    ");
      } else if (c == '\t') {
        result.append("  ");
      } else if (!Character.isISOControl(c) && c != '\u2028' && c != '\u2029') {
        result.append(c);
      } else if (c != '\r') {
        result.append('?');
      }
    }
    return result.toString();
  }
}
