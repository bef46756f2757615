package dev.probity.telemetry.report;

import dev.probity.kernel.bytes.ByteReader;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reports as bytes: in the journal as a whole, in the store session by session. The journal of an
 * older build must stay readable, so a version is never changed, only added.
 */
public final class ReportCodec {
  /** The kind of journal entry that holds a report. */
  public static final byte KIND = 2;

  private static final byte[] NO_BYTES = {};

  private ReportCodec() {}

  /**
   * What one session of a report says, as bytes that {@link #decodeSession} reads by themselves;
   * without captured texts.
   *
   * @param firstMillis the earliest of its events and readings; 0 if it has none
   * @param lastMillis the latest of them; 0 if it has none
   */
  public record Block(long firstMillis, long lastMillis, byte[] bytes) {}

  /**
   * A report as journal entries: one, or several if it would be larger; each is a report of its
   * own, only the first has the notes.
   *
   * @throws IllegalArgumentException if a single event or text needs more
   */
  public static List<byte[]> encode(Report report, int maxBytes) {
    return ReportSplitter.split(report, maxBytes);
  }

  /**
   * Reads a report.
   *
   * @throws ReportFormatException if the bytes are not one
   */
  public static Report decode(byte[] payload) {
    return reading(() -> {
      ByteReader from = new ByteReader(payload);
      Report head = HeadFields.read(from);
      List<SessionReport> sessions = new ArrayList<>();
      while (!from.atEnd()) {
        sessions.add(BlockReader.read(from.readBlock(), from.readBlock()));
      }
      return HeadFields.with(head, sessions);
    });
  }

  /**
   * The blocks of a report's sessions, in the order of {@link Report#sessions}.
   *
   * @throws ReportFormatException if the bytes are not a report; what is inside a block is not
   *     looked at
   */
  public static List<Block> blocks(byte[] payload) {
    return reading(() -> {
      ByteReader from = new ByteReader(payload);
      HeadFields.read(from);
      List<Block> blocks = new ArrayList<>();
      while (!from.atEnd()) {
        blocks.add(BlockReader.block(from.readBlock()));
        from.readBlock();
      }
      return blocks;
    });
  }

  /** The block of one session; its captured texts are left out. */
  public static byte[] encodeSession(SessionReport session) {
    BlockWriter block = new BlockWriter(session.facts(), session.provider());
    session.events().forEach(event -> block.add(event, Integer.MAX_VALUE));
    session.readings().forEach(reading -> block.add(reading, Integer.MAX_VALUE));
    return block.toBytes();
  }

  /**
   * Reads a block; the captured texts are empty.
   *
   * @throws ReportFormatException if the bytes are not one
   */
  public static SessionReport decodeSession(byte[] block) {
    return reading(() -> BlockReader.read(block, NO_BYTES));
  }

  private static <T> T reading(Supplier<T> what) {
    try {
      return what.get();
    } catch (IllegalArgumentException e) {
      throw new ReportFormatException("an encoded report is broken", e);
    }
  }
}
