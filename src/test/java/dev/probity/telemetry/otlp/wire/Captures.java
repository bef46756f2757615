package dev.probity.telemetry.otlp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What agents sent. */
final class Captures {
  private Captures() {}

  static byte[] read(String name) {
    try (InputStream in = Captures.class.getResourceAsStream("/telemetry/captures/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
