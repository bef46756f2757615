package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.log.Explanation;
import dev.probity.gateway.routing.Trail;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.RefusedException;
import dev.probity.identity.Keys;
import dev.probity.kernel.ExchangeId;
import java.util.List;
import java.util.Locale;

/** Everything that is known of one exchange. */
public final class ExchangePage {
  private final Pages pages;
  private final ExchangeQuery exchanges;
  private final ModelCatalog catalog;
  private final Keys keys;

  ExchangePage(Pages pages, ExchangeQuery exchanges, ModelCatalog catalog, Keys keys) {
    this.pages = pages;
    this.exchanges = exchanges;
    this.catalog = catalog;
    this.keys = keys;
  }

  /** One exchange, its ledger and its path. */
  public record View(
      Exchange exchange,
      ExchangeRow row,
      UsageView usage,
      TrailView trail,
      List<String> explanation) {
    /** Where the usage comes from, in words. */
    public String usageSource() {
      return switch (exchange.usageSource()) {
        case NONE -> "nothing was used";
        case PROVIDER -> "counted by the provider";
        case ESTIMATED -> "estimated from the bytes that passed";
        case DRAINED -> "counted by the provider, read after the client had left";
        case REPORTED -> "reported by an agent";
      };
    }

    /** How it ended, in words. */
    public String outcome() {
      return switch (exchange.outcome()) {
        case COMPLETED ->
            exchange.status() < 400
                ? "The whole answer reached the client."
                : "The provider's error reached the client whole.";
        case REFUSED -> "Probity refused it; nothing was sent to a provider.";
        case CANCELLED -> "The client left before the answer was whole.";
        case UPSTREAM_FAILED -> "No provider answered.";
        case BROKEN -> "The answer began and then broke off.";
      };
    }

    public String operation() {
      return exchange.operation().text().replace('_', ' ').toLowerCase(Locale.ROOT);
    }
  }

  Answer show(Call call) {
    call.query();
    Exchange exchange =
        ExchangeId.parse(call.pathParameter("id"))
            .flatMap(id -> exchanges.find(call.caller().organization(), id))
            .orElseThrow(() ->
                RefusedException.notFound(
                    "exchange_not_found",
                    "There is no exchange with this id, or its time in the log is over."));
    KeyNames names = new KeyNames(keys, call.caller().organization());
    View view =
        new View(
            exchange,
            ExchangeRow.of(exchange, names),
            UsageView.of(exchange, catalog.priceOf(exchange)),
            TrailView.of(Trail.json(exchange), exchange.latencyMillis()),
            Explanation.of(exchange));
    return pages.page("ExchangePage", "Exchange " + exchange.id(), "exchanges", view);
  }
}
