/**
 * {@code probity.yaml}: what may stand in it, what is wrong with it, and what it means. Start at
 * {@link dev.probity.server.settings.Settings}; {@code SettingsSchema} lists every key.
 */
@NullMarked
package dev.probity.server.settings;

import org.jspecify.annotations.NullMarked;
