/** Recorded answers of real providers, replayed through Probity to clients of every dialect. */
@NullMarked
package dev.probity.recorded;

import org.jspecify.annotations.NullMarked;
