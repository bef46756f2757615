/** What tests of several features share. */
@NullMarked
package dev.probity.testing;

import org.jspecify.annotations.NullMarked;
