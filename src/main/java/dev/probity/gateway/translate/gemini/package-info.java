/** Google's generateContent, to and from the neutral form. */
@NullMarked
package dev.probity.gateway.translate.gemini;

import org.jspecify.annotations.NullMarked;
