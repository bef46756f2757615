/**
 * Sessions and what they add up to: the rules by which reports count, and the questions that pages
 * and API ask. No SQL here.
 */
@NullMarked
package dev.probity.telemetry.sessions;

import org.jspecify.annotations.NullMarked;
