/** Deployments: connections to providers, one file per kind. */
@NullMarked
package dev.probity.gateway.upstream;

import org.jspecify.annotations.NullMarked;
