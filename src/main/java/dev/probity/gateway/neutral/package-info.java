/**
 * What a request for a model's answer, and that answer, say in no dialect: what stands between a
 * client's format and a provider's when they differ. {@link dev.probity.gateway.neutral.Prompt} is
 * the one, {@link dev.probity.gateway.neutral.AnswerEvent} the other. Values that nobody must look
 * at stay as they were written.
 */
@NullMarked
package dev.probity.gateway.neutral;

import org.jspecify.annotations.NullMarked;
