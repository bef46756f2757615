package dev.probity.telemetry.intake;

import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.wire.Encoding;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One export request as it came in.
 *
 * @param gzip whether the body is compressed
 * @param body not changed, and not kept
 * @param length how much of the array is the body
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost what the body costs.
public record Export(Head head, boolean gzip, byte[] body, int length) {
  /**
   * What is known before the body is there.
   *
   * @param key what the client presented; empty if nothing
   * @param from where it was sent from: looked at, never kept
   */
  public record Head(Signal signal, Encoding encoding, String key, Optional<InetAddress> from) {}
}
