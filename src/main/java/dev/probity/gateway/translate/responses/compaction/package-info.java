/** Conversations made short: the answer of {@code /v1/responses/compact}, and its way back. */
@NullMarked
package dev.probity.gateway.translate.responses.compaction;

import org.jspecify.annotations.NullMarked;
