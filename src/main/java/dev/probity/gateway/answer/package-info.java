/**
 * Reading answers as they pass: one reader for answers that are one JSON document, one for streams
 * of events. What the documents mean is said by each dialect's package.
 */
@NullMarked
package dev.probity.gateway.answer;

import org.jspecify.annotations.NullMarked;
