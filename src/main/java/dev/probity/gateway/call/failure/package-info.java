/**
 * What can go wrong with an attempt: as a word for the log, as what may help, as what it says about
 * the deployment, and as what a client is told.
 */
@NullMarked
package dev.probity.gateway.call.failure;

import org.jspecify.annotations.NullMarked;
