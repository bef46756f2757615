/** Numbers, times and bars as people read them. */
@NullMarked
package dev.probity.web.figures;

import org.jspecify.annotations.NullMarked;
