/** How reports are written into the journal and the store. */
@NullMarked
package dev.probity.telemetry.report;

import org.jspecify.annotations.NullMarked;
