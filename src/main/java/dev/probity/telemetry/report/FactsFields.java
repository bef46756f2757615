package dev.probity.telemetry.report;

import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.SessionFacts;

/** The facts of a session as bytes: a bit for each that is there, then these. */
public final class FactsFields {
  private static final int COUNT = 14;

  private FactsFields() {}

  public static void write(SessionFacts facts, ByteWriter to) {
    String[] fields = {
      facts.agent(),
      facts.session(),
      facts.clientVersion(),
      facts.email(),
      facts.account(),
      facts.install(),
      facts.endUser(),
      facts.team(),
      facts.repository(),
      facts.branch(),
      facts.terminal(),
      facts.plan(),
      facts.planName(),
      facts.entrypoint()
    };
    int present = 0;
    for (int i = 0; i < COUNT; i++) {
      present |= fields[i].isEmpty() ? 0 : 1 << i;
    }
    to.writeNumber(present);
    for (String field : fields) {
      if (!field.isEmpty()) {
        to.writeShared(field);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws ByteFormatException if the bytes are none
   */
  public static SessionFacts read(ByteReader from) {
    long present = from.readNumber();
    if (present < 0 || present >= 1 << COUNT) {
      throw new ByteFormatException("unknown facts, flags " + present);
    }
    String[] fields = new String[COUNT];
    for (int i = 0; i < COUNT; i++) {
      fields[i] = (present & 1L << i) != 0 ? from.readShared() : "";
    }
    return new SessionFacts(
        fields[0],
        fields[1],
        fields[2],
        fields[3],
        fields[4],
        fields[5],
        fields[6],
        fields[7],
        fields[8],
        fields[9],
        fields[10],
        fields[11],
        fields[12],
        fields[13]);
  }
}
