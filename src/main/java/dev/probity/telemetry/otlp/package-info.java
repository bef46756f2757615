/**
 * The OTLP wire, protobuf and JSON, read in one pass without building a tree. Attributes that
 * {@link dev.probity.telemetry.otlp.Attribute} does not name never become text. Start at {@link
 * dev.probity.telemetry.otlp.OtlpReader}.
 */
@NullMarked
package dev.probity.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
