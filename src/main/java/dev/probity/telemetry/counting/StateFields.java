package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.sessions.Dimensions;

/** Pieces of a ledger's state as bytes. */
final class StateFields {
  static final int SMALLEST_GROUP = 8;

  private StateFields() {}

  static void write(Group group, ByteWriter to) {
    Dimensions dimensions = group.dimensions();
    to.writeSigned(group.hourMillis());
    to.writeShared(dimensions.agent());
    to.writeShared(dimensions.model());
    to.writeShared(Long.toHexString(dimensions.person()));
    to.writeShared(dimensions.team());
    to.writeShared(dimensions.repository());
    to.writeShared(dimensions.branch());
    to.writeShared(dimensions.plan());
  }

  static Group readGroup(ByteReader from) {
    return new Group(
        from.readSigned(),
        new Dimensions(
            from.readShared(),
            from.readShared(),
            Long.parseUnsignedLong(from.readShared(), 16),
            from.readShared(),
            from.readShared(),
            from.readShared(),
            from.readShared()));
  }

  /** A bit for each figure that is not 0, then these. */
  static void write(long[] amounts, ByteWriter to) {
    long present = 0;
    for (int i = 0; i < amounts.length; i++) {
      present |= amounts[i] != 0 ? 1L << i : 0;
    }
    to.writeNumber(present);
    for (long amount : amounts) {
      if (amount != 0) {
        to.writeSigned(amount);
      }
    }
  }

  static long[] readAmounts(ByteReader from) {
    long present = from.readNumber();
    if (present < 0 || present >>> Totals.COUNT != 0) {
      throw new ByteFormatException("unknown figures, flags " + present);
    }
    long[] amounts = new long[Totals.COUNT];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = (present & 1L << i) != 0 ? from.readSigned() : 0;
    }
    return amounts;
  }
}
