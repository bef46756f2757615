/** The only SQL. Implements the ports of the features. */
@NullMarked
package dev.probity.storage;

import org.jspecify.annotations.NullMarked;
