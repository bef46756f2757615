/** What OpenAI's chat completions and its older completions have in common. */
@NullMarked
package dev.probity.gateway.translate.openai;

import org.jspecify.annotations.NullMarked;
