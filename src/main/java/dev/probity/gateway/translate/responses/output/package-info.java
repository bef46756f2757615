/** What clients of OpenAI's responses are answered: its items, its events, the response itself. */
@NullMarked
package dev.probity.gateway.translate.responses.output;

import org.jspecify.annotations.NullMarked;
