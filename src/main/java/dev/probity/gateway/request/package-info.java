/** What a request says, read off its bytes; and the few bytes of it that change. */
@NullMarked
package dev.probity.gateway.request;

import org.jspecify.annotations.NullMarked;
