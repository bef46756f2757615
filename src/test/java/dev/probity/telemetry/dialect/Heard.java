package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.RecordHandler;
import dev.probity.telemetry.otlp.Span;
import dev.probity.telemetry.otlp.wire.JsonReader;
import dev.probity.telemetry.otlp.wire.ProtobufReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Everything that the dialects make of an export, and that they make one thing of each record. */
final class Heard implements Findings, RecordHandler {
  static final PersonalValues VALUES = new PersonalValues(MasterKey.of(new byte[MasterKey.BYTES]));

  record Event(SessionFacts facts, AgentEvent event, Provider provider, ServiceTier tier) {}

  record Point(SessionFacts facts, Reading reading, Provider provider) {}

  private final Dialects dialects = Dialects.all(VALUES);
  final List<Event> events = new ArrayList<>();
  final List<Point> points = new ArrayList<>();
  final List<SessionFacts> ignored = new ArrayList<>();
  final List<Contents.Content> contents = new ArrayList<>();
  private int records;

  /** A capture by the name of its file, which says in which encoding it is. */
  static Heard of(Signal signal, String capture) {
    return of(signal, capture, false);
  }

  static Heard of(Signal signal, String capture, boolean content) {
    OtlpReader reader =
        capture.endsWith(".pb") ? new ProtobufReader(content, 1) : new JsonReader(content, 1);
    return read(reader, signal, bytes(capture));
  }

  static Heard ofJson(Signal signal, String json) {
    return read(new JsonReader(false, 1), signal, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Heard read(OtlpReader reader, Signal signal, byte[] body) {
    Heard heard = new Heard();
    int told = reader.read(signal, body, 0, body.length, heard);
    assertThat(heard.records).isEqualTo(told);
    return heard;
  }

  static byte[] bytes(String capture) {
    try (InputStream in = Heard.class.getResourceAsStream("/telemetry/captures/" + capture)) {
      return Objects.requireNonNull(in, capture).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void log(LogRecord record) {
    note(record.attributes());
    dialects.of(record.resource()).orElseThrow().log(record, this);
    assertThat(found()).as("findings of a log record").isEqualTo(records);
  }

  @Override
  public void span(Span span) {
    note(span.attributes());
    dialects.of(span.resource()).orElseThrow().span(span, this);
    assertThat(found()).as("findings of a span").isEqualTo(records);
  }

  @Override
  public void point(MetricPoint point) {
    note(point.attributes());
    dialects.of(point.resource()).orElseThrow().point(point, this);
    assertThat(found()).as("findings of a point").isEqualTo(records);
  }

  private void note(Attributes attributes) {
    records++;
    contents.addAll(Contents.of(attributes));
  }

  private int found() {
    return events.size() + points.size() + ignored.size();
  }

  @Override
  public void event(SessionFacts facts, AgentEvent event, Provider provider, ServiceTier tier) {
    events.add(new Event(facts, event, provider, tier));
  }

  @Override
  public void reading(SessionFacts facts, Reading reading, Provider provider) {
    points.add(new Point(facts, reading, provider));
  }

  @Override
  public void ignored(SessionFacts facts) {
    ignored.add(facts);
  }

  List<Event> ofKind(EventKind kind) {
    return events.stream().filter(heard -> heard.event.kind() == kind).toList();
  }

  AgentEvent only(EventKind kind) {
    List<Event> found = ofKind(kind);
    assertThat(found).as(kind.toString()).hasSize(1);
    return found.getFirst().event;
  }

  /** The one event there is. */
  Event only() {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  List<EventKind> kinds() {
    return events.stream().map(heard -> heard.event.kind()).toList();
  }

  Usage usage() {
    return events.stream().map(heard -> heard.event.usage()).reduce(Usage.NONE, Usage::plus);
  }

  long sum(Measure measure) {
    return points.stream()
        .map(Point::reading)
        .filter(reading -> reading.measure() == measure)
        .mapToLong(Reading::value)
        .sum();
  }

  String detail(AgentEvent event, String name) {
    return event.details().stream()
        .filter(detail -> detail.name().equals(name))
        .map(AgentEvent.Detail::value)
        .findFirst()
        .orElse("");
  }

  /** Every text that comes out, readable. */
  String everything() {
    return events + "\n" + points + "\n" + ignored;
  }
}
