/** The live office: a room, a table and a replay of who is at work. */
@NullMarked
package dev.probity.web.office;

import org.jspecify.annotations.NullMarked;
