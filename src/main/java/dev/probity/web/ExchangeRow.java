package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Outcome;

/**
 * A row of the request log, as it stands in the list and as it comes in live.
 *
 * @param keyName what the key is called
 */
public record ExchangeRow(Exchange exchange, String keyName) {
  static ExchangeRow of(Exchange exchange, KeyNames names) {
    return new ExchangeRow(exchange, names.of(exchange.key()));
  }

  public String model() {
    return exchange.requestedModel().isEmpty() ? "(not read)" : exchange.requestedModel();
  }

  /** Whether another name was sent upstream than was asked for. */
  public boolean isRenamed() {
    return !exchange.resolvedModel().isEmpty()
        && !exchange.resolvedModel().equals(exchange.requestedModel());
  }

  /** The badge's class: good, warn or bad. */
  public String tone() {
    return tone(exchange);
  }

  static String tone(Exchange exchange) {
    return switch (exchange.outcome()) {
      case COMPLETED -> exchange.status() < 400 ? "good" : "bad";
      case CANCELLED -> "warn";
      case REFUSED, UPSTREAM_FAILED, BROKEN -> "bad";
    };
  }

  /** Status and outcome in few words. */
  public String result() {
    return exchange.outcome() == Outcome.COMPLETED
        ? Integer.toString(exchange.status())
        : exchange.status() + " " + exchange.outcome().text().replace('_', ' ');
  }
}
