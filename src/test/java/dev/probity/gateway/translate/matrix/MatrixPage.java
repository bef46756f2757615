package dev.probity.gateway.translate.matrix;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.neutral.Loss;
import java.util.List;
import java.util.Map;

/** Writes the matrix as a page. */
final class MatrixPage {
  private MatrixPage() {}

  static String markdown(Map<String, List<MatrixTest.Row>> asked, List<MatrixTest.Row> answered) {
    StringBuilder out = new StringBuilder(INTRODUCTION);
    for (Loss loss : Loss.values()) {
      out.append("| `").append(loss.text()).append("` | ").append(loss.meaning()).append(" |\n");
    }
    out.append("\n## What clients ask\n");
    asked.forEach((group, rows) -> table(out, "### " + group, rows, "to"));
    table(
        out,
        "## What providers answer\n\nEach in a stream and whole, which the tests hold to be the same.",
        answered,
        "from");
    return out.toString();
  }

  private static void table(
      StringBuilder out, String heading, List<MatrixTest.Row> rows, String direction) {
    out.append('\n').append(heading).append('\n');
    for (Dialect client : Dialect.values()) {
      out.append("\n**Clients of ")
          .append(client.text())
          .append("**, ")
          .append(direction)
          .append(":\n\n|");
      out.append(" |");
      for (Dialect provider : Dialect.values()) {
        if (provider != client) {
          out.append(' ').append(provider.text()).append(" |");
        }
      }
      out.append("\n|---|---|---|---|\n");
      for (MatrixTest.Row row : rows) {
        Map<Dialect, Cell> cells = row.cells().get(client);
        if (cells.values().stream().allMatch(Cell.UNSAYABLE::equals)) {
          continue;
        }
        out.append("| ").append(row.what()).append(" |");
        cells.forEach((provider, cell) -> {
          if (provider != client) {
            out.append(' ').append(cell.markdown()).append(" |");
          }
        });
        out.append('\n');
      }
    }
  }

  private static final String INTRODUCTION =
      """
      # Dialects

      Any client can call any model. Where the client's dialect and the provider's are the same, the bytes
      pass as they are, with only model and credential changed. Where they differ, requests and answers are
      translated by way of one neutral form. This page is written by the tests: each cell is what happened
      when the thing was sent from one dialect to the other and looked for on the far side.

      - ✓: it arrives. ✓ (word): it arrives, but something about it is lost.
      - a word alone: it does not arrive, and the caller is told so in the answer's header
        `x-probity-degraded` and in the exchange's trail. With `x-probity-translation: strict` in the request
        the call is refused instead.
      - refused: a 400 with that code and a message that says what to do.
      - lost: an answer's detail that the client's dialect has no place for.
      - –: a dialect that can't say it at all.

      | word | meaning |
      |---|---|
      """;
}
