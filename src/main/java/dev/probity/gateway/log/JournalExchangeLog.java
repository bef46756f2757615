package dev.probity.gateway.log;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeLog;
import dev.probity.journal.Journal;
import dev.probity.kernel.bytes.ByteWriter;

/** The exchange log of the hot path: one encoding and one append to the journal. */
public final class JournalExchangeLog implements ExchangeLog {
  private static final int KEEP_BYTES = 64 << 10;

  /** Only the few event-loop threads come here. */
  private final ThreadLocal<ByteWriter> writers = ThreadLocal.withInitial(ByteWriter::new);

  private final Journal journal;

  public JournalExchangeLog(Journal journal) {
    this.journal = journal;
  }

  @Override
  public boolean hasRoom() {
    return journal.hasRoom();
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.probity.journal.JournalFullException if there is no room after all
   */
  @Override
  public void append(Exchange exchange) {
    ByteWriter writer = writers.get();
    writer.clear(KEEP_BYTES);
    ExchangeCodec.encode(exchange, writer);
    journal.append(ExchangeCodec.KIND, writer.bytes(), 0, writer.length());
  }
}
