package dev.probity.gateway.catalog;

import dev.probity.gateway.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is configured now: the models that clients can ask for, who serves them, at what price. */
public interface ModelCatalog {
  /** In the order of the configuration, which is the order they are matched in. */
  List<ModelEntry> models();

  /**
   * What made a charge.
   *
   * @return empty if the price book no longer says
   */
  Optional<PriceLine> priceOf(Exchange exchange);

  /**
   * A model that can be asked for.
   *
   * @param name what a client asks for; {@code *} stands for any run of characters
   * @param routes in the order they are tried
   */
  record ModelEntry(String name, List<ModelRoute> routes) {}

  /**
   * One way to serve a model.
   *
   * @param provider {@link dev.probity.pricing.Provider#text}
   * @param model the name that is sent upstream; {@code *} is the one that was asked for
   * @param credential whether the deployment has a provider key of its own; otherwise only clients
   *     that bring theirs can use it
   * @param prices of every model of this provider that the route can lead to; empty: unpriced
   */
  record ModelRoute(
      String deployment,
      String provider,
      String model,
      int weight,
      int priority,
      boolean credential,
      List<PriceLine> prices) {}

  /**
   * A row of the price book. Prices are pico-USD a token: 1,000,000 is 1 USD per million tokens.
   *
   * @param tier {@code standard}, {@code batch}, {@code flex}, {@code priority}
   * @param aboveInputTokens holds for prompts longer than this; empty: from the first token
   * @param from the first day it holds, such as {@code 2026-09-22}
   * @param source where the price was read, in words
   * @param sourceUrl the page it was read on
   * @param retrieved the day it was read there
   */
  record PriceLine(
      String model,
      String tier,
      OptionalLong aboveInputTokens,
      long input,
      long cacheRead,
      long cacheWrite5m,
      long cacheWrite1h,
      long output,
      String from,
      String source,
      Optional<String> sourceUrl,
      String retrieved) {}
}
