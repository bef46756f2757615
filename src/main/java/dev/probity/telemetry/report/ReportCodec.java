package dev.probity.telemetry.report;

import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionReport;
import java.util.List;

/**
 * Reports as bytes: in the journal as a whole, in the store session by session. The journal of an
 * older build must stay readable, so a version is never changed, only added.
 */
public final class ReportCodec {
  /** The kind of journal entry that holds a report. */
  public static final byte KIND = 2;

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
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a report.
   *
   * @throws ReportFormatException if the bytes are not one
   */
  public static Report decode(byte[] payload) {
    throw new UnsupportedOperationException();
  }

  /**
   * The blocks of a report's sessions, in the order of {@link Report#sessions}.
   *
   * @throws ReportFormatException if the bytes are not a report
   */
  public static List<Block> blocks(byte[] payload) {
    throw new UnsupportedOperationException();
  }

  /** The block of one session; its captured texts are left out. */
  public static byte[] encodeSession(SessionReport session) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a block; the captured texts are empty.
   *
   * @throws ReportFormatException if the bytes are not one
   */
  public static SessionReport decodeSession(byte[] block) {
    throw new UnsupportedOperationException();
  }

  public static byte[] encodeTexts(List<CapturedText> texts) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads captured texts.
   *
   * @throws ReportFormatException if the bytes are none
   */
  public static List<CapturedText> decodeTexts(byte[] bytes) {
    throw new UnsupportedOperationException();
  }
}
