/** How the deployments are, as pages and scripts see it. */
@NullMarked
package dev.probity.gateway.routing.status;

import org.jspecify.annotations.NullMarked;
