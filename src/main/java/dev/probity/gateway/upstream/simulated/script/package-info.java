/**
 * What a simulated model does with a prompt, in no vendor's words: {@link
 * dev.probity.gateway.upstream.simulated.script.ScriptReader} makes a Script of a Prompt; how many
 * tokens that is; and which faults were asked for.
 */
@NullMarked
package dev.probity.gateway.upstream.simulated.script;

import org.jspecify.annotations.NullMarked;
