package dev.probity.gateway.door.socket;

import io.netty.buffer.ByteBuf;

/**
 * Takes a client's WebSocket frames (RFC 6455) apart, cut wherever they are. A message's payload is
 * passed on as it comes, so that whoever gathers it can stop; nothing is kept here.
 */
final class FrameReader {
  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED = 1003;
  static final int POLICY = 1008;
  static final int TOO_BIG = 1009;
  static final int TRY_LATER = 1013;

  /** No close frame may carry this: the client's had no code. */
  static final int NO_CODE = 1005;

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_HEADER = 14;
  private static final int MAX_CONTROL = 125;

  /** Takes what the frames carry. Once it is told of a violation nothing more comes. */
  interface Sink {
    /** A message's frame has begun and will bring so many bytes. */
    void announced(long bytes);

    /** The next bytes of a message, unmasked; not the callee's to keep. */
    void piece(ByteBuf bytes);

    /** The message is whole. */
    void messageEnd();

    /** Wants the same payload back. */
    void ping(byte[] payload);

    void pong();

    /** The client ends the connection. */
    void close(int code);

    /** The client does what it must not. */
    void violation(int code, String what);
  }

  private final Sink sink;
  private final byte[] header = new byte[MAX_HEADER];
  private final byte[] control = new byte[MAX_CONTROL];
  private int headerRead;
  private int headerNeeded = 2;
  private boolean inPayload;
  private boolean inMessage;
  private boolean last;
  private boolean over;
  private int opcode;
  private long length;
  private long payloadRead;

  FrameReader(Sink sink) {
    this.sink = sink;
  }

  /** Whether a message has begun and not ended, or a frame has. */
  boolean isMidway() {
    return inMessage || inPayload || headerRead > 0;
  }

  /** Reads all of a buffer. Its bytes are unmasked in place; it stays the caller's. */
  void feed(ByteBuf in) {
    while (!over && (in.isReadable() || inPayload && payloadRead == length)) {
      if (inPayload) {
        payload(in);
      } else {
        header(in);
      }
    }
  }

  private void header(ByteBuf in) {
    while (headerRead < headerNeeded && in.isReadable()) {
      header[headerRead++] = in.readByte();
      if (headerRead == 2) {
        headerNeeded = needed(header[1] & 0x7F);
      }
    }
    if (headerRead == headerNeeded) {
      begin();
    }
  }

  /** With the mask, which a client must use. */
  private static int needed(int length) {
    return 6 + (length == 126 ? 2 : length == 127 ? 8 : 0);
  }

  private void begin() {
    last = (header[0] & 0x80) != 0;
    opcode = header[0] & 0x0F;
    length = length();
    headerRead = 0;
    if ((header[0] & 0x70) != 0) {
      violation(PROTOCOL_ERROR, "a frame uses an extension that was not agreed on");
    } else if ((header[1] & 0x80) == 0) {
      violation(PROTOCOL_ERROR, "a client's frames must be masked");
    } else if (length < 0) {
      violation(PROTOCOL_ERROR, "a frame's length makes no sense");
    } else if (opcode >= CLOSE) {
      beginControl();
    } else {
      beginData();
    }
    headerNeeded = 2;
  }

  private long length() {
    int small = header[1] & 0x7F;
    int bytes = small == 126 ? 2 : small == 127 ? 8 : 0;
    long value = bytes == 0 ? small : 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | header[2 + i] & 0xFF;
    }
    System.arraycopy(header, 2 + bytes, header, MAX_HEADER - 4, 4);
    return value;
  }

  private void beginControl() {
    if (opcode > PONG) {
      violation(PROTOCOL_ERROR, "a frame of an unknown kind");
    } else if (!last || length > MAX_CONTROL) {
      violation(PROTOCOL_ERROR, "a control frame is too long or in pieces");
    } else {
      beginPayload();
    }
  }

  private void beginData() {
    if (opcode == BINARY) {
      violation(UNSUPPORTED, "messages must be text");
    } else if (opcode > BINARY || (opcode == CONTINUATION) != inMessage) {
      violation(PROTOCOL_ERROR, "frames are out of order");
    } else {
      inMessage = true;
      beginPayload();
      sink.announced(length);
    }
  }

  private void beginPayload() {
    inPayload = true;
    payloadRead = 0;
  }

  private void payload(ByteBuf in) {
    int size = (int) Math.min(length - payloadRead, in.readableBytes());
    if (size > 0) {
      ByteBuf piece = in.readSlice(size);
      unmask(piece);
      if (opcode >= CLOSE) {
        piece.getBytes(piece.readerIndex(), control, (int) payloadRead, size);
      } else {
        sink.piece(piece);
      }
      payloadRead += size;
    }
    if (!over && payloadRead == length) {
      inPayload = false;
      end();
    }
  }

  private void unmask(ByteBuf piece) {
    int mask = 0;
    for (int i = 0; i < 4; i++) {
      mask = mask << 8 | header[MAX_HEADER - 4 + (int) (payloadRead + i & 3)] & 0xFF;
    }
    int p = piece.readerIndex();
    int to = piece.writerIndex();
    for (; p + 4 <= to; p += 4) {
      piece.setInt(p, piece.getInt(p) ^ mask);
    }
    for (int shift = 24; p < to; p++, shift -= 8) {
      piece.setByte(p, piece.getByte(p) ^ mask >>> shift);
    }
  }

  private void end() {
    switch (opcode) {
      case CONTINUATION, TEXT -> {
        if (last) {
          inMessage = false;
          sink.messageEnd();
        }
      }
      case PING -> sink.ping(java.util.Arrays.copyOf(control, (int) length));
      case PONG -> sink.pong();
      default -> closed();
    }
  }

  private void closed() {
    over = true;
    if (length == 1) {
      sink.violation(PROTOCOL_ERROR, "a close frame is too short");
      return;
    }
    int code = length == 0 ? NO_CODE : (control[0] & 0xFF) << 8 | control[1] & 0xFF;
    sink.close(code);
  }

  private void violation(int code, String what) {
    stop();
    sink.violation(code, what);
  }

  /** Nothing more is read. */
  void stop() {
    over = true;
  }
}
