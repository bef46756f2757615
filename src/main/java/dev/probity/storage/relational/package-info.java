/**
 * The control store: what is configured and issued. Start at {@link
 * dev.probity.storage.relational.Database}; each {@code Sql…} class implements one port.
 */
@NullMarked
package dev.probity.storage.relational;

import org.jspecify.annotations.NullMarked;
