/**
 * The master key, and sealing with keys derived from it. Start at {@link
 * dev.probity.kernel.seal.MasterKey}.
 */
@NullMarked
package dev.probity.kernel.seal;

import org.jspecify.annotations.NullMarked;
