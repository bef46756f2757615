package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.RecordHandler;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads export requests in JSON: writes what the views show as protobuf, and has that read. So both
 * encodings mean the same, and members may come in any order. The fingerprints of a record in JSON
 * and in protobuf differ. A request that is no JSON fails before its first record.
 */
public final class JsonReader implements OtlpReader {
  /** As deep as a request goes with the deepest values that are read, and no deeper. */
  private static final int DEEPEST = 100;

  private static final int LONGEST_STRING = 16 << 20;
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_KEPT = 1 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_STRING)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          .build();

  private final boolean capture;
  private final long seed;
  private final ProtobufReader protobuf;
  private final ProtobufOutput out = new ProtobufOutput();

  /**
   * A reader, for one thread at a time.
   *
   * @param capture whether attributes that carry content may be read
   * @param seed the key of all fingerprints: the same for all readers whose fingerprints meet
   */
  public JsonReader(boolean capture, long seed) {
    this.capture = capture;
    this.seed = seed;
    protobuf = new ProtobufReader(capture, seed);
  }

  @Override
  public int read(Signal signal, byte[] body, int offset, int length, RecordHandler handler) {
    Objects.checkFromIndexSize(offset, length, body.length);
    try {
      transcode(JsonShape.of(signal), body, offset, length);
      return protobuf.read(signal, out.bytes(), 0, out.length(), handler);
    } finally {
      out.clear(MOST_KEPT);
    }
  }

  private void transcode(JsonShape shape, byte[] body, int offset, int length) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body, offset, length)) {
      new JsonTranscoder(json, body, offset, length, capture, seed, out).request(shape);
    } catch (JacksonException e) {
      throw new OtlpFormatException(
          "The request is no JSON at byte "
              + (e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset())));
    }
  }
}
