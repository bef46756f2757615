/**
 * Start here: {@code Main} reads the command line, {@code Wiring} puts everything together, {@code
 * Routes} lists every path of the model traffic. Nobody imports this package.
 */
@NullMarked
package dev.probity.server;

import org.jspecify.annotations.NullMarked;
