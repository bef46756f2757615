/**
 * The first page: what is spent, by whom, on what, as agents report it or as the gateway measures.
 */
@NullMarked
package dev.probity.web.overview;

import org.jspecify.annotations.NullMarked;
