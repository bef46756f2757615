package dev.probity.gateway.door.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/** Writes a server's WebSocket frames. Each message is one frame. */
final class FrameWriter {
  private static final int MAX_REASON = 120;

  /** The most that stands before a payload. */
  static final int MAX_HEADER = 10;

  private FrameWriter() {}

  /**
   * A message.
   *
   * @param first members to put before the others; may be empty
   * @param json an object in {@code [from, to)}
   */
  static void text(byte[] first, byte[] json, int from, int to, ByteBuf out) {
    header(0x81, to - from + first.length, out);
    out.writeByte('{').writeBytes(first).writeBytes(json, from + 1, to - from - 1);
  }

  static void ping(ByteBuf out) {
    header(0x89, 0, out);
  }

  static void pong(byte[] payload, ByteBuf out) {
    header(0x8A, payload.length, out);
    out.writeBytes(payload);
  }

  /**
   * @param reason ASCII
   */
  static void close(int code, String reason, ByteBuf out) {
    if (code == FrameReader.NO_CODE) {
      header(0x88, 0, out);
      return;
    }
    byte[] text = reason.substring(0, Math.min(reason.length(), MAX_REASON)).getBytes(UTF_8);
    header(0x88, 2 + text.length, out);
    out.writeShort(code).writeBytes(text);
  }

  private static void header(int first, int length, ByteBuf out) {
    out.writeByte(first);
    if (length < 126) {
      out.writeByte(length);
    } else if (length <= 0xFFFF) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
  }
}
