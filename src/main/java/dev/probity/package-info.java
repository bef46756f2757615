/** Probity: one self-hosted control plane for the use of AI. Start reading at {@code server}. */
@org.jspecify.annotations.NullMarked
package dev.probity;
