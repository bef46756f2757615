/**
 * The words everyone shares: ids, money, usage, the caller, the clock, refusals, and the
 * declarations of stored data. Imports nothing of Probity's. Only this package and {@code server}
 * touch the clock, randomness and the environment.
 */
@NullMarked
package dev.probity.kernel;

import org.jspecify.annotations.NullMarked;
