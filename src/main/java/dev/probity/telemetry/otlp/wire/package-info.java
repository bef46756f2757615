/**
 * OTLP as bytes: what unpacks and reads export requests, and what writes the answers to them. Start
 * at {@link dev.probity.telemetry.otlp.wire.ProtobufReader}; JSON is brought into protobuf's form
 * and read by it, so that both mean the same.
 */
@NullMarked
package dev.probity.telemetry.otlp.wire;

import org.jspecify.annotations.NullMarked;
