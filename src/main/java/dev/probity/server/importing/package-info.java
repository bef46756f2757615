/**
 * Configurations of other gateways, turned into {@code probity.yaml}. {@link
 * dev.probity.server.importing.ImportCommand} is the start; one reader a product; what could not be
 * carried over is told, never left out in silence.
 */
@NullMarked
package dev.probity.server.importing;

import org.jspecify.annotations.NullMarked;
