package dev.probity.gateway.repricing;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.routing.Trail;
import dev.probity.http.Json;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Makes an exchange's charge again, from what is on record of it. */
public final class Rerating {
  /** How names look that must not be stored; see {@link dev.probity.privacy.SafeText}. */
  private static final Pattern HASHED = Pattern.compile("h_[0-9a-f]{16}");

  /** Trails keep no more attempts than this. */
  private static final int MOST_ATTEMPTS = 24;

  private Rerating() {}

  /** Charges an exchange again, at the prices of its own day. */
  public static Rerated of(Exchange exchange, PriceBook prices) {
    Charge old = exchange.charge();
    if (!old.unpriced() && old.priceVersion().isEmpty()) {
      return new Rerated.Free();
    }
    if (exchange.usage().equals(Usage.NONE)) {
      // A model was used, and nobody said how much: no price can help.
      return new Rerated.Again(old);
    }
    if (HASHED.matcher(exchange.resolvedModel()).matches() || paidSeveral(exchange)) {
      return new Rerated.Kept();
    }
    Optional<Provider> provider = Provider.parse(exchange.provider());
    return new Rerated.Again(
        provider
            .flatMap(
                known -> prices.price(known, exchange.resolvedModel(), exchange.startedAtMillis()))
            .map(price -> price.charge(exchange.usage(), old.tier()))
            .orElse(Charge.UNPRICED));
  }

  /** Whether an attempt beside the last one may be in the charge: it was overtaken, or answered. */
  private static boolean paidSeveral(Exchange exchange) {
    if (!exchange.trail().startsWith("{")) {
      return false;
    }
    JsonNode attempts = Json.lenient(Trail.json(exchange)).path("attempts");
    int following = attempts.size();
    for (JsonNode attempt : attempts) {
      following--;
      int status = attempt.path("status").asInt(0);
      boolean answered = status >= 200 && status < 300 && following > 0;
      if (answered || attempt.path("error").asString("").equals("hedge_lost")) {
        return true;
      }
    }
    return attempts.size() >= MOST_ATTEMPTS;
  }
}
