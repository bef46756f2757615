/**
 * Models and the dated price book: usage becomes a charge. Start at {@link
 * dev.probity.pricing.PriceBook}.
 */
@NullMarked
package dev.probity.pricing;

import org.jspecify.annotations.NullMarked;
