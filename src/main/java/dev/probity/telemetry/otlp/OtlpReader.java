package dev.probity.telemetry.otlp;

import dev.probity.telemetry.Signal;

/**
 * Reads export requests. Use one for each thread at a time: it has the views, and remembers texts
 * that come again and again.
 */
public interface OtlpReader {
  /**
   * Reads a whole export request and tells the handler of its records.
   *
   * @param body protobuf or JSON, uncompressed
   * @return how many records there were
   * @throws OtlpFormatException if it can't be read to its end; the handler may have been told of
   *     the records before the fault
   */
  int read(Signal signal, byte[] body, int offset, int length, RecordHandler handler);
}
