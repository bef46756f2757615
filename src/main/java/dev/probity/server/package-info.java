/** Start here: Main, Settings, Wiring, Routes. */
@NullMarked
package dev.probity.server;

import org.jspecify.annotations.NullMarked;
