package dev.probity.gateway.call;

import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Changes an answer's body on its way. Every buffer given back is the caller's to release. */
interface AnswerRewrite {
  /**
   * Takes the next piece, and owns it.
   *
   * @return what goes on of it at once; may be empty
   */
  ByteBuf accept(ByteBuf piece);

  /** What else has gathered by the end of a read; may be empty. */
  ByteBuf ready();

  /**
   * The provider's body is over.
   *
   * @param complete whether it came to its proper end
   * @return the rest
   */
  ByteBuf finish(boolean complete);

  /** Why it can't go on; nothing more comes out then. */
  Optional<Refusal> trouble();

  /** Lets go of whatever it holds. */
  void close();
}
