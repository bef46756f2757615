/**
 * The data map: what is stored, what for, whom about, for how long. Generated from the declarations
 * beside the records.
 */
@NullMarked
package dev.probity.privacy;

import org.jspecify.annotations.NullMarked;
