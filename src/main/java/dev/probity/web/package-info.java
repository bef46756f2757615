/** One class and one template of the same name per page. */
@NullMarked
package dev.probity.web;

import org.jspecify.annotations.NullMarked;
