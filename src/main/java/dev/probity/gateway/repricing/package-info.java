/**
 * The request log charged again, with the prices in force now. {@link
 * dev.probity.gateway.repricing.ExchangeRepricing} is the port, {@code Rerating} decides about one
 * exchange.
 */
@NullMarked
package dev.probity.gateway.repricing;

import org.jspecify.annotations.NullMarked;
