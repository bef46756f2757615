/**
 * One model call, from the client's bytes to the provider's and back. Start at {@code Gateway}, the
 * numbered list of steps; {@link dev.probity.gateway.Exchange} is what is remembered of it.
 */
@NullMarked
package dev.probity.gateway;

import org.jspecify.annotations.NullMarked;
