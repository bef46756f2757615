package dev.probity.telemetry.report;

import dev.probity.kernel.Usage;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import java.util.List;

/**
 * Writes what a report says of one session; {@link BlockReader} has the same order. Only what an
 * event has is written, after flags that say what that is. Times are told from the one before, and
 * text that comes again only as a number.
 */
final class BlockWriter {
  static final int VERSION = 1;

  // An event's flags, the frequent ones first: the lowest seven are one byte.
  static final int DURATION = 1;
  static final int REQUEST_ID = 1 << 1;
  static final int RESULT = 1 << 2;
  static final int DETAILS = 1 << 3;
  static final int TOOL = 1 << 4;
  static final int CALL_ID = 1 << 5;
  static final int SIZE = 1 << 6;
  static final int MODEL = 1 << 7;
  static final int USAGE = 1 << 8;
  static final int CHARGE = 1 << 9;
  static final int CLAIMED = 1 << 10;
  static final int FIRST_TOKEN = 1 << 11;
  static final int AGENT_ID = 1 << 12;
  static final int ERROR = 1 << 13;
  static final int PARENT_AGENT_ID = 1 << 14;
  static final int OTHER_SIGNAL = 1 << 15;
  static final int UNPRICED = 1 << 16;

  // A reading's flags.
  static final int CUMULATIVE = 1;
  static final int READING_MODEL = 1 << 1;
  static final int TIER = 1 << 2;

  /** Version, first and last time, and the two counts. */
  private static final int LONGEST_HEAD = 1 + 10 + 10 + 5 + 5;

  private final ByteWriter body = new ByteWriter(ReportWords.WORDS);
  private Extent extent = Extent.EMPTY;

  /** What stands before the body, and where the body ended. */
  private record Extent(
      int events, int readings, long first, long last, long previous, int length) {
    static final Extent EMPTY = new Extent(0, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0, 0);

    Extent with(int moreEvents, int moreReadings, long atMillis, int newLength) {
      return new Extent(
          events + moreEvents,
          readings + moreReadings,
          Math.min(first, atMillis),
          Math.max(last, atMillis),
          atMillis,
          newLength);
    }
  }

  BlockWriter(SessionFacts facts, Provider provider) {
    body.writeShared(provider.text());
    FactsFields.write(facts, body);
  }

  /** Whether the block says nothing yet. */
  boolean isEmpty() {
    return extent.events == 0 && extent.readings == 0;
  }

  /** How long the block is at most. */
  int sizeAtMost() {
    return LONGEST_HEAD + body.length();
  }

  byte[] toBytes() {
    ByteWriter block = new ByteWriter();
    block.writeByte(VERSION);
    long first = isEmpty() ? 0 : extent.first;
    block.writeSigned(first);
    block.writeNumber(isEmpty() ? 0 : extent.last - first);
    block.writeNumber(extent.events);
    block.writeNumber(extent.readings);
    block.append(body.bytes(), body.length());
    return block.toBytes();
  }

  /**
   * Adds an event, before any reading.
   *
   * @return whether the block is still within so many bytes; if not, the event was left out and
   *     nothing can be added any more
   */
  boolean add(AgentEvent event, int maxBytes) {
    int flags = flags(event);
    body.writeLong(event.fingerprint());
    body.writeSigned(event.atMillis() - extent.previous);
    body.writeByte(event.kind().code());
    body.writeShared(event.name());
    body.writeNumber(flags);
    if ((flags & OTHER_SIGNAL) != 0) {
      body.writeByte(event.signal().ordinal());
    }
    text(event.model());
    if ((flags & USAGE) != 0) {
      write(event.usage());
    }
    if ((flags & CHARGE) != 0) {
      body.writeSigned(event.charge().nanoUsd());
      body.writeShared(event.charge().priceVersion());
    }
    if ((flags & CLAIMED) != 0) {
      // Mostly the same as the charge.
      body.writeSigned(event.claimedNanoUsd() - event.charge().nanoUsd());
    }
    number(event.durationMillis());
    number(event.firstTokenMillis());
    text(event.tool());
    text(event.callId());
    text(event.requestId());
    text(event.agentId());
    text(event.parentAgentId());
    if ((flags & RESULT) != 0) {
      body.writeByte(event.result().ordinal());
    }
    text(event.error());
    number(event.size());
    if ((flags & DETAILS) != 0) {
      write(event.details());
    }
    return keep(extent.with(1, 0, event.atMillis(), body.length()), maxBytes);
  }

  /** Adds a reading; otherwise as {@link #add(AgentEvent, int)}. */
  boolean add(Reading reading, int maxBytes) {
    boolean model = !reading.model().isEmpty();
    boolean tier = reading.tier() != ServiceTier.STANDARD;
    body.writeLong(reading.fingerprint());
    body.writeLong(reading.series());
    body.writeSigned(reading.atMillis() - extent.previous);
    body.writeSigned(reading.atMillis() - reading.startMillis());
    body.writeByte(reading.measure().ordinal());
    body.writeByte(
        (reading.temporality() == Temporality.CUMULATIVE ? CUMULATIVE : 0)
            | (model ? READING_MODEL : 0)
            | (tier ? TIER : 0));
    text(reading.model());
    if (tier) {
      body.writeShared(reading.tier().name());
    }
    body.writeSigned(reading.value());
    return keep(extent.with(0, 1, reading.atMillis(), body.length()), maxBytes);
  }

  private boolean keep(Extent grown, int maxBytes) {
    if (sizeAtMost() > maxBytes) {
      body.truncate(extent.length);
      return false;
    }
    extent = grown;
    return true;
  }

  private static int flags(AgentEvent event) {
    Charge charge = event.charge();
    boolean charged = charge.nanoUsd() != 0 || !charge.priceVersion().isEmpty();
    return flag(DURATION, event.durationMillis() != AgentEvent.UNKNOWN)
        | flag(REQUEST_ID, !event.requestId().isEmpty())
        | flag(RESULT, event.result() != Result.UNKNOWN)
        | flag(DETAILS, !event.details().isEmpty())
        | flag(TOOL, !event.tool().isEmpty())
        | flag(CALL_ID, !event.callId().isEmpty())
        | flag(SIZE, event.size() != AgentEvent.UNKNOWN)
        | flag(MODEL, !event.model().isEmpty())
        | flag(USAGE, !event.usage().equals(Usage.NONE))
        | flag(CHARGE, charged)
        | flag(CLAIMED, event.claimedNanoUsd() != AgentEvent.UNKNOWN)
        | flag(FIRST_TOKEN, event.firstTokenMillis() != AgentEvent.UNKNOWN)
        | flag(AGENT_ID, !event.agentId().isEmpty())
        | flag(ERROR, !event.error().isEmpty())
        | flag(PARENT_AGENT_ID, !event.parentAgentId().isEmpty())
        | flag(OTHER_SIGNAL, event.signal() != Signal.LOG)
        | flag(UNPRICED, charge.unpriced());
  }

  private static int flag(int flag, boolean set) {
    return set ? flag : 0;
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      body.writeShared(text);
    }
  }

  private void number(long number) {
    if (number != AgentEvent.UNKNOWN) {
      body.writeSigned(number);
    }
  }

  /** A bit for each part that is not 0, then these. */
  private void write(Usage usage) {
    long[] parts = {
      usage.uncachedInput(),
      usage.cacheRead(),
      usage.cacheWrite5m(),
      usage.cacheWrite1h(),
      usage.outputText(),
      usage.outputReasoning(),
      usage.toolPrompt()
    };
    int present = 0;
    for (int i = 0; i < parts.length; i++) {
      present |= flag(1 << i, parts[i] != 0);
    }
    body.writeByte(present);
    for (long part : parts) {
      if (part != 0) {
        body.writeNumber(part);
      }
    }
  }

  private void write(List<Detail> details) {
    body.writeNumber(details.size());
    for (Detail detail : details) {
      body.writeShared(detail.name());
      body.writeShared(detail.value());
    }
  }
}
