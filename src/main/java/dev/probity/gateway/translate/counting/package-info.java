/** Counting the tokens of a prompt, between the vendors' formats; and guessing them. */
@NullMarked
package dev.probity.gateway.translate.counting;

import org.jspecify.annotations.NullMarked;
