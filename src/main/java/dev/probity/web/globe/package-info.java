/**
 * Where agents are at work: a globe that turns, and the table that says the same. Start at {@link
 * dev.probity.web.globe.GlobeRoutes}.
 */
@NullMarked
package dev.probity.web.globe;

import org.jspecify.annotations.NullMarked;
