/**
 * What the vendors refuse: each request to the simulated provider is held against the rules of its
 * format, so that a wrong one is noticed here as it would be there. One file a format.
 */
@NullMarked
package dev.probity.gateway.upstream.simulated.rules;

import org.jspecify.annotations.NullMarked;
