package dev.probity.telemetry.intake;

import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.RecordHandler;
import dev.probity.telemetry.otlp.wire.Encoding;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

/**
 * The readers of each encoding. Whoever finds none free waits, so their number also bounds how many
 * cores read reports at the same time and leaves the rest to model traffic.
 */
public final class Readers {
  private final Map<Encoding, BlockingQueue<OtlpReader>> free = new EnumMap<>(Encoding.class);

  /**
   * @param each how many of each encoding
   */
  public Readers(int each, Function<Encoding, OtlpReader> make) {
    for (Encoding encoding : Encoding.values()) {
      BlockingQueue<OtlpReader> readers = new ArrayBlockingQueue<>(each);
      for (int i = 0; i < each; i++) {
        readers.add(make.apply(encoding));
      }
      free.put(encoding, readers);
    }
  }

  /** How many there should be of each encoding on a machine with so many cores. */
  public static int forCores(int cores) {
    return Math.max(2, cores / 2);
  }

  /** Reads a body with a free reader, waiting for one if need be. */
  int read(Export.Head head, Unpacking.Body body, RecordHandler handler)
      throws InterruptedException {
    BlockingQueue<OtlpReader> readers = Objects.requireNonNull(free.get(head.encoding()));
    OtlpReader reader = readers.take();
    try {
      return reader.read(head.signal(), body.bytes(), 0, body.length(), handler);
    } finally {
      readers.add(reader);
    }
  }
}
