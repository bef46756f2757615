/** Which deployment serves a request, and the trail of how that came. */
@NullMarked
package dev.probity.gateway.routing;

import org.jspecify.annotations.NullMarked;
