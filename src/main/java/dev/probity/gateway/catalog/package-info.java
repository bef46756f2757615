/** What is configured, as pages, scripts and clients see it. */
@NullMarked
package dev.probity.gateway.catalog;

import org.jspecify.annotations.NullMarked;
