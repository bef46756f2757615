package dev.probity.telemetry.report;

import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionReport;
import java.util.ArrayList;
import java.util.List;

/** Fills payloads up to their largest size, and begins the next where something does not fit. */
final class ReportSplitter {
  /** The lengths of a block and of its texts. */
  private static final int LONGEST_FRAME = 5 + 5;

  private final Report report;
  private final int maxBytes;
  private final List<byte[]> payloads = new ArrayList<>();
  private final ByteWriter payload = new ByteWriter();
  private int headLength;

  private ReportSplitter(Report report, int maxBytes) {
    this.report = report;
    this.maxBytes = maxBytes;
  }

  static List<byte[]> split(Report report, int maxBytes) {
    ReportSplitter splitter = new ReportSplitter(report, maxBytes);
    splitter.beginPayload();
    for (SessionReport session : report.sessions()) {
      splitter.add(session);
    }
    splitter.endPayload();
    return splitter.payloads;
  }

  /** What is said of a session in one payload. */
  private static final class Part {
    final BlockWriter block;
    final ByteWriter texts = new ByteWriter();

    Part(SessionReport session) {
      block = new BlockWriter(session.facts(), session.provider());
    }

    boolean isEmpty() {
      return block.isEmpty() && texts.length() == 0;
    }

    boolean add(AgentEvent event, int room) {
      return block.add(event, room - texts.length());
    }

    boolean add(Reading reading, int room) {
      return block.add(reading, room - texts.length());
    }

    boolean add(CapturedText text, int room) {
      int before = texts.length();
      TextFields.write(text, texts);
      if (block.sizeAtMost() + texts.length() <= room) {
        return true;
      }
      texts.truncate(before);
      return false;
    }
  }

  private void add(SessionReport session) {
    Part part = new Part(session);
    if (part.block.sizeAtMost() > room()) {
      part = next(part, session);
    }
    for (AgentEvent event : session.events()) {
      if (!part.add(event, room())) {
        part = next(part, session);
        requireFit(part.add(event, room()));
      }
    }
    for (Reading reading : session.readings()) {
      if (!part.add(reading, room())) {
        part = next(part, session);
        requireFit(part.add(reading, room()));
      }
    }
    for (CapturedText text : session.texts()) {
      if (!part.add(text, room())) {
        part = next(part, session);
        requireFit(part.add(text, room()));
      }
    }
    write(part);
  }

  /** Ends the payload and begins another one, in which the same session goes on. */
  private Part next(Part full, SessionReport session) {
    if (!full.isEmpty()) {
      write(full);
    }
    requireFit(payload.length() > headLength);
    endPayload();
    beginPayload();
    Part part = new Part(session);
    requireFit(part.block.sizeAtMost() <= room());
    return part;
  }

  private int room() {
    return maxBytes - payload.length() - LONGEST_FRAME;
  }

  private void write(Part part) {
    byte[] block = part.block.toBytes();
    payload.writeBlock(block, block.length);
    payload.writeBlock(part.texts.bytes(), part.texts.length());
  }

  private void beginPayload() {
    payload.clear(maxBytes);
    HeadFields.write(report, payloads.isEmpty() ? report.notes() : HeadFields.NO_NOTES, payload);
    headLength = payload.length();
  }

  private void endPayload() {
    requireFit(payload.length() <= maxBytes);
    payloads.add(payload.toBytes());
  }

  private void requireFit(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException(
          "a report has something that alone needs more than " + maxBytes + " bytes");
    }
  }
}
