/** OpenAI's chat completions, to and from the neutral form. */
@NullMarked
package dev.probity.gateway.translate.chat;

import org.jspecify.annotations.NullMarked;
