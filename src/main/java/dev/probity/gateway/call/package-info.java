/**
 * One model call while it runs. Start with {@link dev.probity.gateway.call.ModelCall}, the client's
 * side of it; {@link dev.probity.gateway.call.Attempts} says who is tried when, and {@link
 * dev.probity.gateway.call.Attempt} is one try at one deployment.
 */
@NullMarked
package dev.probity.gateway.call;

import org.jspecify.annotations.NullMarked;
