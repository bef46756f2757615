/** What the control plane shares on the HTTP library: JSON, limits, rendering a refusal. */
@NullMarked
package dev.probity.http;

import org.jspecify.annotations.NullMarked;
