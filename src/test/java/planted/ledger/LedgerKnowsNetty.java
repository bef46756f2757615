package planted.ledger;

import io.netty.buffer.ByteBuf;

/** Netty off the model path. */
public record LedgerKnowsNetty(ByteBuf bytes) {}
