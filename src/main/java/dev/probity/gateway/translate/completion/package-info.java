/**
 * OpenAI's older completions, for clients that still call them: a text goes on. Its providers are
 * called for chat completions, so there is only the clients' side.
 */
@NullMarked
package dev.probity.gateway.translate.completion;

import org.jspecify.annotations.NullMarked;
