/** Takes reports in: checks, prices and journals them. */
@NullMarked
package dev.probity.telemetry.intake;

import org.jspecify.annotations.NullMarked;
