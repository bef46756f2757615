/** How well agents report: who is silent, what is missing, and what to do about it. */
@NullMarked
package dev.probity.web.health;

import org.jspecify.annotations.NullMarked;
