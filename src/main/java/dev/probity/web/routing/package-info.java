/** How the deployments are, and what their prompt caches were worth, as a page. */
@NullMarked
package dev.probity.web.routing;

import org.jspecify.annotations.NullMarked;
