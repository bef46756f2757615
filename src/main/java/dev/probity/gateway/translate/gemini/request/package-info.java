/** Requests for Google's generateContent, as they are written. */
@NullMarked
package dev.probity.gateway.translate.gemini.request;

import org.jspecify.annotations.NullMarked;
