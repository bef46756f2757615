/** The control store: what is configured and issued. */
@NullMarked
package dev.probity.storage.relational;

import org.jspecify.annotations.NullMarked;
