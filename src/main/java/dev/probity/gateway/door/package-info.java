/** The Netty front: every byte from a client comes in here. */
@NullMarked
package dev.probity.gateway.door;

import org.jspecify.annotations.NullMarked;
