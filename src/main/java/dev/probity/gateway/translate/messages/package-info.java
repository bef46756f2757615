/** Anthropic's messages, to and from the neutral form. */
@NullMarked
package dev.probity.gateway.translate.messages;

import org.jspecify.annotations.NullMarked;
