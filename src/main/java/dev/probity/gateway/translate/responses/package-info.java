/** OpenAI's responses, to and from the neutral form. */
@NullMarked
package dev.probity.gateway.translate.responses;

import org.jspecify.annotations.NullMarked;
