/** Google formats: generateContent and its kin. */
@NullMarked
package dev.probity.gateway.gemini;

import org.jspecify.annotations.NullMarked;
