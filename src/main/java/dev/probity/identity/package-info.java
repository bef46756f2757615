/** Organizations, people, keys. So far: the keys that Probity issues. */
@NullMarked
package dev.probity.identity;

import org.jspecify.annotations.NullMarked;
