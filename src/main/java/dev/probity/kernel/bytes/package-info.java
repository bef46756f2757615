/** Numbers and text as few bytes, for what the journal and the stores keep. */
@NullMarked
package dev.probity.kernel.bytes;

import org.jspecify.annotations.NullMarked;
