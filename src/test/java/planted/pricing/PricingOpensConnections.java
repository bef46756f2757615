package planted.pricing;

import java.net.http.HttpClient;

/** A connection opened where nobody looks for one. */
public record PricingOpensConnections(HttpClient http) {}
