/** OpenAI formats: chat completions, completions, embeddings, responses. */
@NullMarked
package dev.probity.gateway.openai;

import org.jspecify.annotations.NullMarked;
