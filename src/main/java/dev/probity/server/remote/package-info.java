/**
 * Words of the command line that ask a Probity which is running, over its API. {@code
 * ControlClient} asks; each command says what was answered.
 */
@NullMarked
package dev.probity.server.remote;

import org.jspecify.annotations.NullMarked;
