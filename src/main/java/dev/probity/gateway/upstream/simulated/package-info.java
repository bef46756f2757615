/**
 * The simulated provider: an HTTP origin inside the process that speaks every vendor's format, for
 * the demo, the tests and the benches. Start at {@link
 * dev.probity.gateway.upstream.simulated.SimulatedProvider}; one file a format; what the model will
 * do is a Script, what goes wrong on the way is in Faults.
 */
@NullMarked
package dev.probity.gateway.upstream.simulated;

import org.jspecify.annotations.NullMarked;
