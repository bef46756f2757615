/** What agents reported, as pages and API: sessions, people, sums, and how well it is reported. */
@NullMarked
package dev.probity.web.sessions;

import org.jspecify.annotations.NullMarked;
