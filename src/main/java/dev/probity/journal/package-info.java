/** The durable log between the hot path and the stores. */
@NullMarked
package dev.probity.journal;

import org.jspecify.annotations.NullMarked;
