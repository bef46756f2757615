package dev.probity.gateway.repricing;

import dev.probity.gateway.repricing.ExchangeRepricing.DayRepricing;
import dev.probity.gateway.repricing.ExchangeRepricing.LogDay;
import dev.probity.gateway.repricing.ExchangeRepricing.ModelRepricing;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/reprice}: charges the request log again. A long log is answered in steps of
 * whole days, so that whoever waits can see how it goes and nothing is lost if they leave.
 */
public final class RepricingApi {
  /** After so many exchanges an answer ends with its day. */
  private static final long CALLS_IN_AN_ANSWER = 100_000;

  private static final String SESSIONS =
      "Sessions of agents, and their sums, keep the charges that they were made with.";

  private final ExchangeRepricing repricing;

  public RepricingApi(ExchangeRepricing repricing) {
    this.repricing = repricing;
  }

  /**
   * What is asked for.
   *
   * @param from the first day, in UTC; the log's first if absent
   * @param to the last day; the log's last if absent
   * @param apply absent is false
   */
  record Request(@Nullable String from, @Nullable String to, @Nullable Boolean apply) {}

  public Answer reprice(Call call) {
    call.query();
    Request request = call.json(Request.class);
    LocalDate from = day("from", request.from()).orElse(LocalDate.MIN);
    LocalDate to = day("to", request.to()).orElse(LocalDate.MAX);
    if (from.isAfter(to)) {
      throw Parameters.wrong("from", "a day that is not after \"to\"");
    }
    boolean apply = Boolean.TRUE.equals(request.apply());
    Iterator<LogDay> days =
        repricing.days().stream()
            .filter(each -> !each.day().isBefore(from) && !each.day().isAfter(to))
            .iterator();
    ObjectNode root = Json.object().put("applied", apply);
    ArrayNode done = root.putArray("days");
    RepricingSum sum = new RepricingSum();
    long calls = 0;
    long sumsOnly = 0;
    while (days.hasNext() && calls < CALLS_IN_AN_ANSWER) {
      LogDay each = days.next();
      if (each.keepsExchanges()) {
        DayRepricing found = repricing.reprice(call.caller().organization(), each.day(), apply);
        found.models().forEach(sum::add);
        done.add(json(found));
        calls += found.calls() + found.kept();
      } else {
        sumsOnly++;
      }
    }
    root.set("models", models(sum.models()));
    return Answer.json(
        root.put("days_with_sums_only", sumsOnly)
            .put("note", SESSIONS)
            .put("next", days.hasNext() ? days.next().day().toString() : null));
  }

  private static ObjectNode json(DayRepricing found) {
    return Json.object()
        .put("day", found.day().toString())
        .put("calls", found.calls())
        .put("different", found.different())
        .put("kept", found.kept());
  }

  private static ArrayNode models(List<ModelRepricing> models) {
    ArrayNode items = Json.object().putArray("models");
    for (ModelRepricing each : models) {
      items
          .addObject()
          .put("provider", each.provider())
          .put("model", each.model())
          .put("calls", each.calls())
          .put("different", each.different())
          .put("before_nano_usd", each.beforeNanoUsd())
          .put("after_nano_usd", each.afterNanoUsd())
          .put("unpriced_before", each.unpricedBefore())
          .put("unpriced_after", each.unpricedAfter());
    }
    return items;
  }

  private static Optional<LocalDate> day(String name, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(LocalDate::parse);
    } catch (DateTimeException _) {
      throw Parameters.wrong(name, "a day such as 2026-11-20");
    }
  }
}
