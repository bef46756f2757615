/** The API over the request log. */
@NullMarked
package dev.probity.gateway.log;

import org.jspecify.annotations.NullMarked;
