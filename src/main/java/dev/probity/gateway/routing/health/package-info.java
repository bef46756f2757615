/** What is measured of a deployment: its breaker, its latency, its provider's limits. */
@NullMarked
package dev.probity.gateway.routing.health;

import org.jspecify.annotations.NullMarked;
