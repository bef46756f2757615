package dev.probity.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180) that a spreadsheet can't be tricked with. */
public final class Csv {
  private final StringBuilder text = new StringBuilder();

  public Csv(List<String> header) {
    row(header);
  }

  /** Adds a row; numbers and booleans as they are, text quoted where it must be. */
  public Csv row(List<?> cells) {
    text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
    return this;
  }

  /** Whether a call asks for this format rather than JSON. */
  public static boolean wanted(Call call, Parameters query) {
    return query
        .oneOf("format", List.of("json", "csv"))
        .map("csv"::equals)
        .orElseGet(
            () -> call.header("accept").orElse("").toLowerCase(Locale.ROOT).startsWith("text/csv"));
  }

  private static String cell(Object value) {
    if (!(value instanceof CharSequence)) {
      return value.toString();
    }
    String cell = value.toString();
    if (!cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0) {
      // A spreadsheet would run it as a formula.
      cell = "'" + cell;
    }
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
