package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.RecordHandler;
import java.util.Objects;

/**
 * Reads export requests in protobuf, straight from the bytes. The three signals have the same
 * shape: resources hold scopes, and scopes hold log records, spans or metrics. Data points that say
 * that nothing was recorded are passed over and not counted.
 */
public final class ProtobufReader implements OtlpReader {
  private final Body body;
  private final ProtobufFields request;
  private final ProtobufFields ofResource;
  private final ProtobufFields ofScope;
  private final ResourceView resource;
  private final LogView log;
  private final SpanView span;
  private final MetricReader metrics;

  /**
   * A reader, for one thread at a time.
   *
   * @param capture whether attributes that carry content may be read
   * @param seed the key of all fingerprints: the same for all readers whose fingerprints meet
   */
  public ProtobufReader(boolean capture, long seed) {
    body = new Body(seed);
    request = new ProtobufFields(body);
    ofResource = new ProtobufFields(body);
    ofScope = new ProtobufFields(body);
    var attributes = new AttributeReader(body, capture);
    resource = new ResourceView(body, attributes);
    log = new LogView(body, resource, attributes);
    span = new SpanView(body, resource, attributes);
    metrics = new MetricReader(body, resource, attributes);
  }

  @Override
  public int read(Signal signal, byte[] bytes, int offset, int length, RecordHandler handler) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    body.open(bytes, offset);
    try {
      int records = 0;
      request.open(offset, offset + length);
      while (request.next()) {
        if (request.number() == 1) {
          records += ofResource(signal, handler);
        }
      }
      return records;
    } finally {
      body.close();
    }
  }

  /** Goes through it twice, because the resource may stand behind what it sends. */
  private int ofResource(Signal signal, RecordHandler handler) {
    resource.clear();
    ofResource.open(request);
    while (ofResource.next()) {
      if (ofResource.number() == 1) {
        resource.readResource(ofResource);
      }
    }
    int records = 0;
    ofResource.open(request);
    while (ofResource.next()) {
      if (ofResource.number() == 2) {
        records += ofScope(signal, handler);
      }
    }
    return records;
  }

  /** Goes through it twice, because the scope may stand behind what comes from it. */
  private int ofScope(Signal signal, RecordHandler handler) {
    resource.clearScope();
    ofScope.open(ofResource);
    while (ofScope.next()) {
      if (ofScope.number() == 1) {
        resource.readScope(ofScope);
      }
    }
    resource.complete();
    int records = 0;
    ofScope.open(ofResource);
    while (ofScope.next()) {
      if (ofScope.number() == 2) {
        records += record(signal, handler);
      }
    }
    return records;
  }

  private int record(Signal signal, RecordHandler handler) {
    switch (signal) {
      case LOG -> {
        log.read(ofScope);
        handler.log(log);
      }
      case SPAN -> {
        span.read(ofScope);
        handler.span(span);
      }
      case METRIC -> {
        return metrics.read(ofScope, handler);
      }
    }
    return 1;
  }
}
