/** Embeddings, between OpenAI's and Google's formats. */
@NullMarked
package dev.probity.gateway.translate.embedding;

import org.jspecify.annotations.NullMarked;
