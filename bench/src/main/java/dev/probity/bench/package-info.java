/**
 * Measures Probity from outside, over HTTP, beside nginx. {@link dev.probity.bench.Main} starts;
 * {@link dev.probity.bench.GatewayBench} says what is measured and in which order.
 */
package dev.probity.bench;
