/**
 * From one dialect to another, by way of the neutral form. One sub-package a dialect, one file a
 * direction: {@code RequestDecoder} and {@code AnswerEncoder} for its clients, {@code
 * RequestEncoder} and {@code AnswerDecoder} for its providers. {@link
 * dev.probity.gateway.translate.Translators} knows them all.
 */
@NullMarked
package dev.probity.gateway.translate;

import org.jspecify.annotations.NullMarked;
