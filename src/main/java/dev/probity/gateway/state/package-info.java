/**
 * What a response's {@code previous_response_id} stands for: the turns of a conversation, as they
 * were written. Held in memory only, within limits; never stored, never logged.
 */
@NullMarked
package dev.probity.gateway.state;

import org.jspecify.annotations.NullMarked;
