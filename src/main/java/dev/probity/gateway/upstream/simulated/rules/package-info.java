/**
 * What the vendors refuse, in their words: the simulated provider is as strict as they are, so that
 * a request which only a simulation would take is noticed.
 */
@NullMarked
package dev.probity.gateway.upstream.simulated.rules;

import org.jspecify.annotations.NullMarked;
