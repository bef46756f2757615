package dev.probity.gateway.door.otlp;

import dev.probity.telemetry.intake.IntakeMemory;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a unary call while it comes in: a byte that says whether it is compressed, its
 * length in four, and then the message, cut anywhere.
 */
final class GrpcMessage {
  static final int PREFIX_BYTES = 5;

  /** What is wrong with what came. */
  enum Fault {
    BAD_FLAG,
    TOO_LARGE,
    NO_MEMORY,
    SEVERAL
  }

  private final IntakeMemory memory;
  private final int limit;
  private int prefixBytes;
  private int flag;
  private long announced;
  private @Nullable ExportBody body;

  /**
   * @param limit the longest message
   */
  GrpcMessage(IntakeMemory memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  /** Takes a piece, which stays the caller's; says what is wrong, if something is. */
  @Nullable Fault add(ByteBuf piece) {
    while (prefixBytes < PREFIX_BYTES && piece.isReadable()) {
      int next = piece.readUnsignedByte();
      if (prefixBytes == 0) {
        flag = next;
        if (flag > 1) {
          return Fault.BAD_FLAG;
        }
      } else {
        announced = announced << 8 | next;
      }
      prefixBytes++;
    }
    if (prefixBytes < PREFIX_BYTES) {
      return null;
    }
    ExportBody into = body;
    if (into == null) {
      if (announced > limit) {
        return Fault.TOO_LARGE;
      }
      into = new ExportBody(memory, limit, announced);
      body = into;
    }
    int count = (int) Math.min(piece.readableBytes(), announced - into.length());
    if (count > 0 && into.add(piece, count) == ExportBody.Added.NO_MEMORY) {
      return Fault.NO_MEMORY;
    }
    return piece.isReadable() ? Fault.SEVERAL : null;
  }

  /** The message, if all of it has come; null otherwise. */
  @Nullable ExportBody whole() {
    ExportBody gathered = body;
    return gathered != null && gathered.length() == announced ? gathered : null;
  }

  boolean isCompressed() {
    return flag == 1;
  }

  /** Gives the memory back. */
  void drop() {
    if (body != null) {
      body.drop();
    }
  }
}
