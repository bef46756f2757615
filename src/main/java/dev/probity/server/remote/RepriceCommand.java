package dev.probity.server.remote;

import dev.probity.http.Json;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./probity reprice}: history with the prices in force now, beside what it was charged. */
public final class RepriceCommand {
  private static final String ROW = "  %-44s %10s %10s %18s %18s %18s%s%n";

  private final ControlClient probity;
  private final PrintStream out;
  private final PrintStream err;

  /** By provider and model. */
  private final Map<String, Sum> models = new TreeMap<>();

  private long kept;
  private long sumsOnly;
  private String note = "";

  /** Of a model, over all answers. */
  private record Sum(
      long calls, long different, long before, long after, long unpricedBefore, long unpriced) {
    static final Sum ZERO = new Sum(0, 0, 0, 0, 0, 0);

    Sum plus(Sum more) {
      return new Sum(
          calls + more.calls,
          different + more.different,
          before + more.before,
          after + more.after,
          unpricedBefore + more.unpricedBefore,
          unpriced + more.unpriced);
    }
  }

  public RepriceCommand(ControlClient probity, PrintStream out, PrintStream err) {
    this.probity = probity;
    this.out = out;
    this.err = err;
  }

  /**
   * @param from the first day, in UTC; the log's first if absent
   * @param to the last day; the log's last if absent
   * @param apply whether anything is changed
   * @return the exit status
   */
  public int run(Optional<LocalDate> from, Optional<LocalDate> to, boolean apply) {
    try {
      Optional<String> next = from.map(LocalDate::toString);
      do {
        ObjectNode asked = Json.object().put("apply", apply);
        next.ifPresent(day -> asked.put("from", day));
        to.ifPresent(day -> asked.put("to", day.toString()));
        JsonNode answer = probity.post("/api/reprice", asked);
        take(answer);
        next = Optional.of(answer.path("next").asString("")).filter(day -> !day.isEmpty());
      } while (next.isPresent());
      print(apply);
      return 0;
    } catch (RemoteException e) {
      err.println("probity: " + e.getMessage());
      return 1;
    }
  }

  private void take(JsonNode answer) {
    for (JsonNode day : answer.path("days")) {
      out.printf(
          Locale.ROOT,
          "%s  %,10d calls, %,d different%n",
          day.path("day").asString(""),
          day.path("calls").asLong(),
          day.path("different").asLong());
      kept += day.path("kept").asLong();
    }
    for (JsonNode model : answer.path("models")) {
      models.merge(
          model.path("provider").asString("") + "/" + model.path("model").asString(""),
          new Sum(
              model.path("calls").asLong(),
              model.path("different").asLong(),
              model.path("before_nano_usd").asLong(),
              model.path("after_nano_usd").asLong(),
              model.path("unpriced_before").asLong(),
              model.path("unpriced_after").asLong()),
          Sum::plus);
    }
    sumsOnly += answer.path("days_with_sums_only").asLong();
    note = answer.path("note").asString("");
  }

  private void print(boolean apply) {
    Sum total = models.values().stream().reduce(Sum.ZERO, Sum::plus);
    if (!models.isEmpty()) {
      out.printf(
          "%n" + ROW, "model", "calls", "different", "before USD", "after USD", "difference", "");
      models.forEach(this::row);
      row("all", total);
      out.println();
    }
    if (kept > 0) {
      out.println(
          kept
              + " calls keep their charge, as it can't be made again from what is on record:"
              + " several attempts were paid for, or the model's name is kept as a hash only.");
    }
    if (sumsOnly > 0) {
      out.println(
          "Of "
              + sumsOnly
              + (sumsOnly == 1 ? " day" : " days")
              + " only sums are left, as the calls have expired; those sums stay as they are.");
    }
    out.println(note);
    if (total.different == 0) {
      out.println("Nothing differs.");
    } else if (apply) {
      out.println(total.different + " calls were changed, and their sums with them.");
    } else {
      out.println("Nothing was changed. The same with --apply changes it.");
    }
  }

  private void row(String name, Sum sum) {
    out.printf(
        ROW,
        name,
        sum.calls,
        sum.different,
        usd(sum.before),
        usd(sum.after),
        (sum.after > sum.before ? "+" : "") + usd(sum.after - sum.before),
        sum.unpricedBefore == 0 && sum.unpriced == 0
            ? ""
            : "  unpriced: " + sum.unpricedBefore + " before, " + sum.unpriced + " after");
  }

  /** To the last digit: these are accounts. */
  private static String usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, 9).toPlainString();
  }
}
