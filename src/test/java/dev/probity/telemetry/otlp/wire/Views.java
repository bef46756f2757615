package dev.probity.telemetry.otlp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.RecordHandler;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks every view for everything it says, and keeps that. Fingerprints are kept apart. */
final class Views implements RecordHandler {
  /** What the attributes say of one name. */
  record Value(String text, long number, double decimal, boolean isTrue, List<String> texts) {}

  static final long NO_NUMBER = -77;

  final List<Map<String, Object>> records = new ArrayList<>();
  final List<Long> fingerprints = new ArrayList<>();
  final List<Long> series = new ArrayList<>();

  static Views of(OtlpReader reader, Signal signal, byte[] body) {
    var views = new Views();
    int count = reader.read(signal, body, 0, body.length, views);
    if (count != views.records.size()) {
      throw new AssertionError(count + " records counted, " + views.records.size() + " told");
    }
    return views;
  }

  /** Compares record by record and fact by fact, so that a difference can be found. */
  void assertSameAs(List<Map<String, Object>> expected) {
    for (int i = 0; i < Math.min(records.size(), expected.size()); i++) {
      for (var fact : expected.get(i).entrySet()) {
        assertThat(records.get(i).get(fact.getKey()))
            .as("%s of record %d", fact.getKey(), i)
            .isEqualTo(fact.getValue());
      }
      assertThat(records.get(i)).hasSameSizeAs(expected.get(i));
    }
    assertThat(records).hasSameSizeAs(expected);
  }

  static Map<String, Object> attributes(Attributes attributes) {
    Map<Attribute, Value> values = new LinkedHashMap<>();
    attributes.forEach(name ->
        values.put(
            name,
            new Value(
                attributes.text(name),
                attributes.number(name, NO_NUMBER),
                attributes.decimal(name, NO_NUMBER),
                attributes.isTrue(name),
                attributes.texts(name))));
    for (Attribute name : Attribute.values()) {
      if (attributes.has(name) != values.containsKey(name)
          || !attributes.has(name) && !attributes.text(name).isEmpty()) {
        throw new AssertionError(name + " is there and is not");
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("values", values);
    all.put("dropped", attributes.dropped());
    all.put("droppedContent", attributes.droppedContent());
    return all;
  }

  @Override
  public void log(LogRecord log) {
    Map<String, Object> facts = facts(log.resource(), log.attributes());
    facts.put("time", log.timeNanos());
    facts.put("observed", log.observedTimeNanos());
    facts.put("event", log.eventName());
    facts.put("body", log.bodyWord());
    facts.put("severity", log.severity());
    facts.put("trace", log.traceId());
    facts.put("span", log.spanId());
    fingerprints.add(log.fingerprint());
  }

  @Override
  public void span(Span span) {
    Map<String, Object> facts = facts(span.resource(), span.attributes());
    facts.put("name", span.name());
    facts.put("trace", span.traceId());
    facts.put("span", span.spanId());
    facts.put("parent", span.parentSpanId());
    facts.put("start", span.startNanos());
    facts.put("end", span.endNanos());
    facts.put("failed", span.failed());
    fingerprints.add(span.fingerprint());
  }

  @Override
  public void point(MetricPoint point) {
    Map<String, Object> facts = facts(point.resource(), point.attributes());
    facts.put("name", point.name());
    facts.put("unit", point.unit());
    facts.put("type", point.type());
    facts.put("temporality", point.temporality());
    facts.put("monotonic", point.monotonic());
    facts.put("start", point.startNanos());
    facts.put("time", point.timeNanos());
    facts.put("value", point.value());
    facts.put("count", point.count());
    fingerprints.add(point.fingerprint());
    series.add(point.series());
  }

  private Map<String, Object> facts(Resource resource, Attributes attributes) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("resource", attributes(resource.attributes()));
    facts.put("scope", resource.scope());
    facts.put("scopeVersion", resource.scopeVersion());
    facts.put("attributes", attributes(attributes));
    records.add(facts);
    return facts;
  }
}
