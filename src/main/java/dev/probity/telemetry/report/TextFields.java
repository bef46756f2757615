package dev.probity.telemetry.report;

import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.CapturedText;
import java.util.ArrayList;
import java.util.List;

/** Captured texts as bytes: a version, then one after the other to the end; none are no bytes. */
final class TextFields {
  private static final int VERSION = 1;

  private TextFields() {}

  static void write(CapturedText text, ByteWriter to) {
    if (to.length() == 0) {
      to.writeByte(VERSION);
    }
    to.writeLong(text.event());
    to.writeSigned(text.atMillis());
    to.writeShared(text.what());
    to.writeText(text.text());
  }

  static List<CapturedText> read(byte[] bytes) {
    if (bytes.length == 0) {
      return List.of();
    }
    ByteReader from = new ByteReader(bytes);
    int version = from.readByte();
    if (version != VERSION) {
      throw new ByteFormatException("texts version " + version + " (expected: " + VERSION + ")");
    }
    List<CapturedText> texts = new ArrayList<>();
    while (!from.atEnd()) {
      texts.add(
          new CapturedText(from.readLong(), from.readSigned(), from.readShared(), from.readText()));
    }
    return texts;
  }
}
