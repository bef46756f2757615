/**
 * The real clients, doing real tasks: SDKs in this JVM, and SDKs and coding agents of {@code
 * src/test/clients}, cut off from every network.
 */
package dev.probity.clients;
