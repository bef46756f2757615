/** The event store: what happened, one file a day. */
@NullMarked
package dev.probity.storage.events;

import org.jspecify.annotations.NullMarked;
