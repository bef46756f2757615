/**
 * What goes to a provider and back as it is, in no dialect that is translated: images, sound,
 * files, batches. Only the model is looked for on the way up, and the usage on the way down.
 */
@NullMarked
package dev.probity.gateway.passthrough;

import org.jspecify.annotations.NullMarked;
