/** Reading JSON as it passes, without building a tree. */
@NullMarked
package dev.probity.gateway.json;

import org.jspecify.annotations.NullMarked;
