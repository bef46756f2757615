package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.Outcome;
import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.catalog.ModelCatalog.ModelEntry;
import dev.probity.gateway.log.ExchangeFilter;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.identity.Keys;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Page;
import dev.probity.web.figures.Format;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The request log: filter, page, look on. */
public final class ExchangesPage {
  private static final int PAGE = 50;
  private static final List<Choice> RANGES =
      List.of(
          new Choice("1h", "Last hour"),
          new Choice("24h", "Last 24 hours"),
          new Choice("7d", "Last 7 days"),
          new Choice("30d", "Last 30 days"));
  private static final Map<String, Duration> DURATIONS =
      Map.of(
          "1h", Duration.ofHours(1),
          "24h", Duration.ofHours(24),
          "7d", Duration.ofDays(7),
          "30d", Duration.ofDays(30));

  private final Pages pages;
  private final ExchangeQuery exchanges;
  private final ModelCatalog catalog;
  private final Keys keys;
  private final Clock clock;

  ExchangesPage(
      Pages pages, ExchangeQuery exchanges, ModelCatalog catalog, Keys keys, Clock clock) {
    this.pages = pages;
    this.exchanges = exchanges;
    this.catalog = catalog;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param live where new rows come from; empty on later pages and for times that are over
   * @param next the address of the following page
   * @param wrong what was wrong with the filter; the list is then empty
   */
  public record View(
      Filled filter,
      List<ExchangeRow> rows,
      String live,
      String first,
      Optional<String> next,
      String csv,
      String json,
      String wrong) {
    public boolean isFiltered() {
      return !filter.query.equals("?");
    }
  }

  /** The filter's fields, filled in, with what can be chosen. */
  public record Filled(
      String model,
      String key,
      String outcome,
      String session,
      String range,
      Optional<String> period,
      String from,
      String to,
      List<String> models,
      List<Choice> keys,
      List<String> outcomes,
      List<Choice> ranges,
      String query) {}

  Answer show(Call call) {
    Parameters query =
        call.query("model", "key", "outcome", "session", "from", "to", "range", "cursor");
    KeyNames names = new KeyNames(keys, call.caller().organization());
    Optional<String> cursor = query.text("cursor");
    try {
      ExchangeQuery.Filter filter = filter(query);
      Page<Exchange> page = exchanges.list(call.caller().organization(), filter, PAGE, cursor);
      String own = own(query).toString();
      View view =
          new View(
              filled(query, names),
              page.items().stream().map(e -> ExchangeRow.of(e, names)).toList(),
              cursor.isEmpty() && filter.toMillis().isEmpty() ? "/exchanges/live" + own : "",
              "/exchanges" + own,
              page.next().map(next -> "/exchanges" + own(query).and("cursor", next)),
              "/api/exchanges" + forApi(filter).and("limit", "1000").and("format", "csv"),
              "/api/exchanges" + forApi(filter),
              "");
      return pages.page("ExchangesPage", "Exchanges", "exchanges", view);
    } catch (RefusedException e) {
      // The person is still in front of the form: show it, with what is wrong.
      View view =
          new View(
              filled(query, names),
              List.of(),
              "",
              "/exchanges",
              Optional.empty(),
              "",
              "",
              e.refusal().message());
      return pages.page(e.refusal().status(), "ExchangesPage", "Exchanges", "exchanges", view);
    }
  }

  /** The filter of the page and of its live rows. */
  ExchangeQuery.Filter filter(Parameters query) {
    ExchangeQuery.Filter filter = ExchangeFilter.read(query);
    Optional<String> range = query.oneOf("range", RANGES.stream().map(Choice::value).toList());
    if (range.isEmpty() || filter.fromMillis().isPresent()) {
      return filter;
    }
    long from = clock.millis() - DURATIONS.getOrDefault(range.get(), Duration.ZERO).toMillis();
    return new ExchangeQuery.Filter(
        filter.model(),
        filter.key(),
        filter.outcome(),
        filter.session(),
        OptionalLong.of(from),
        filter.toMillis());
  }

  private Filled filled(Parameters query, KeyNames names) {
    return new Filled(
        query.text("model").orElse(""),
        query.text("key").orElse(""),
        query.text("outcome").orElse(""),
        query.text("session").orElse(""),
        query.text("range").orElse(""),
        period(query),
        query.text("from").orElse(""),
        query.text("to").orElse(""),
        catalog.models().stream().map(ModelEntry::name).filter(n -> !n.contains("*")).toList(),
        names.choices(),
        Arrays.stream(Outcome.values()).map(Outcome::text).toList(),
        RANGES,
        own(query).toString().isEmpty() ? "?" : own(query).toString());
  }

  /** A stretch of time that a link brought along, in words. */
  private static Optional<String> period(Parameters query) {
    try {
      OptionalLong from = query.time("from");
      OptionalLong to = query.time("to");
      if (from.isEmpty() && to.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          (from.isPresent() ? "from " + Format.time(from.getAsLong()) : "")
              + (from.isPresent() && to.isPresent() ? " " : "")
              + (to.isPresent() ? "until " + Format.time(to.getAsLong()) : ""));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static QueryString own(Parameters query) {
    QueryString own = new QueryString();
    for (String name : List.of("model", "key", "outcome", "session", "range", "from", "to")) {
      query.text(name).ifPresent(value -> own.and(name, value));
    }
    return own;
  }

  private static QueryString forApi(ExchangeQuery.Filter filter) {
    QueryString api = new QueryString();
    filter.model().ifPresent(value -> api.and("model", value));
    filter.key().ifPresent(value -> api.and("key", value));
    filter.outcome().ifPresent(value -> api.and("outcome", value));
    filter.session().ifPresent(value -> api.and("session", value));
    filter.fromMillis().ifPresent(value -> api.and("from", Long.toString(value)));
    filter.toMillis().ifPresent(value -> api.and("to", Long.toString(value)));
    return api;
  }
}
