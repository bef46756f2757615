package dev.probity.telemetry.report;

import static dev.probity.telemetry.report.BlockWriter.*;

import dev.probity.kernel.Usage;
import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link BlockWriter} wrote. */
final class BlockReader {
  private static final int SMALLEST_EVENT = 8 + 1 + 1 + 1 + 1;
  private static final int SMALLEST_READING = 8 + 8 + 1 + 1 + 1 + 1 + 1;
  private static final Signal[] SIGNALS = Signal.values();
  private static final Result[] RESULTS = Result.values();
  private static final Measure[] MEASURES = Measure.values();

  private final ByteReader from;
  private long previousMillis;

  private BlockReader(ByteReader from) {
    this.from = from;
  }

  /** When a block's first and last things happened. */
  static ReportCodec.Block block(byte[] bytes) {
    ByteReader from = new ByteReader(bytes);
    checkVersion(from);
    long first = from.readSigned();
    return new ReportCodec.Block(first, first + from.readNumber(), bytes);
  }

  static SessionReport read(byte[] block, byte[] texts) {
    ByteReader from = new ByteReader(block, ReportWords.WORDS);
    checkVersion(from);
    from.readSigned();
    from.readNumber();
    int eventCount = from.readCount(SMALLEST_EVENT);
    int readingCount = from.readCount(SMALLEST_READING);
    Provider provider =
        Provider.parse(from.readShared())
            .orElseThrow(() -> new ByteFormatException("an unknown provider"));
    SessionFacts facts = FactsFields.read(from);
    BlockReader reader = new BlockReader(from);
    List<AgentEvent> events = new ArrayList<>(eventCount);
    for (int i = 0; i < eventCount; i++) {
      events.add(reader.event());
    }
    List<Reading> readings = new ArrayList<>(readingCount);
    for (int i = 0; i < readingCount; i++) {
      readings.add(reader.reading());
    }
    from.expectEnd();
    return new SessionReport(facts, provider, events, readings, TextFields.read(texts));
  }

  private static void checkVersion(ByteReader from) {
    int version = from.readByte();
    if (version != VERSION) {
      throw new ByteFormatException("block version " + version + " (expected: " + VERSION + ")");
    }
  }

  private AgentEvent event() {
    long fingerprint = from.readLong();
    previousMillis += from.readSigned();
    EventKind kind = kind(from.readByte());
    String name = from.readShared();
    int flags = flags(from.readNumber());
    Signal signal = (flags & OTHER_SIGNAL) != 0 ? from.readOneOf(SIGNALS) : Signal.LOG;
    String model = text(flags & MODEL);
    Usage usage = (flags & USAGE) != 0 ? usage() : Usage.NONE;
    Charge charge = charge(flags);
    long claimed =
        (flags & CLAIMED) != 0 ? from.readSigned() + charge.nanoUsd() : AgentEvent.UNKNOWN;
    return new AgentEvent(
        fingerprint,
        previousMillis,
        kind,
        name,
        signal,
        model,
        usage,
        charge,
        claimed,
        number(flags & DURATION),
        number(flags & FIRST_TOKEN),
        text(flags & TOOL),
        text(flags & CALL_ID),
        text(flags & REQUEST_ID),
        text(flags & AGENT_ID),
        text(flags & PARENT_AGENT_ID),
        (flags & RESULT) != 0 ? from.readOneOf(RESULTS) : Result.UNKNOWN,
        text(flags & ERROR),
        number(flags & SIZE),
        (flags & DETAILS) != 0 ? details() : List.of());
  }

  private Reading reading() {
    long fingerprint = from.readLong();
    long series = from.readLong();
    previousMillis += from.readSigned();
    long startMillis = previousMillis - from.readSigned();
    Measure measure = from.readOneOf(MEASURES);
    int flags = from.readByte();
    if (flags >= TIER << 1) {
      throw new ByteFormatException("a reading with unknown flags " + flags);
    }
    return new Reading(
        fingerprint,
        series,
        measure,
        text(flags & READING_MODEL),
        (flags & TIER) != 0 ? ServiceTier.valueOf(from.readShared()) : ServiceTier.STANDARD,
        (flags & CUMULATIVE) != 0 ? Temporality.CUMULATIVE : Temporality.DELTA,
        startMillis,
        previousMillis,
        from.readSigned());
  }

  private static EventKind kind(int code) {
    EventKind kind = EventKind.ofCode(code);
    if (kind.code() != code) {
      throw new ByteFormatException("an event of unknown kind " + code);
    }
    return kind;
  }

  private static int flags(long flags) {
    if (flags < 0 || flags >= UNPRICED << 1) {
      throw new ByteFormatException("an event with unknown flags " + flags);
    }
    return (int) flags;
  }

  private String text(int flag) {
    return flag != 0 ? from.readShared() : "";
  }

  private long number(int flag) {
    return flag != 0 ? from.readSigned() : AgentEvent.UNKNOWN;
  }

  private Charge charge(int flags) {
    boolean unpriced = (flags & UNPRICED) != 0;
    if ((flags & CHARGE) == 0) {
      return unpriced ? Charge.UNPRICED : Charge.NOTHING;
    }
    return new Charge(from.readSigned(), unpriced, from.readShared());
  }

  private Usage usage() {
    int present = from.readByte();
    return new Usage(
        part(present & 1),
        part(present & 2),
        part(present & 4),
        part(present & 8),
        part(present & 16),
        part(present & 32),
        part(present & 64));
  }

  private long part(int flag) {
    return flag != 0 ? from.readNumber() : 0;
  }

  private List<Detail> details() {
    int count = from.readCount(2);
    List<Detail> details = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      details.add(new Detail(from.readShared(), from.readShared()));
    }
    return details;
  }
}
