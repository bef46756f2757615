/** Anthropic formats: messages, token counts. */
@NullMarked
package dev.probity.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
