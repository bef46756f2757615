/**
 * How clients and agents are pointed at this installation: texts to paste, and whether they worked.
 */
@NullMarked
package dev.probity.web.connect;

import org.jspecify.annotations.NullMarked;
