package dev.probity.gateway;

import dev.probity.gateway.routing.Router;
import dev.probity.pricing.PriceBook;

/**
 * The configuration that an exchange keeps from its beginning to its end, whatever is reloaded
 * meanwhile.
 */
public record Snapshot(GatewaySettings settings, Router router, PriceBook prices) {}
