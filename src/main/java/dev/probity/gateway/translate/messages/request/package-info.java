/** Writing requests for Anthropic's messages; {@code RequestWriter} is where to start. */
@NullMarked
package dev.probity.gateway.translate.messages.request;

import org.jspecify.annotations.NullMarked;
