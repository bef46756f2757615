package dev.probity.gateway;

/** Where the hot path puts finished exchanges. Never waits for a database. */
public interface ExchangeLog {
  /**
   * Whether a finished exchange would find room now. Asked before a request is served: what could
   * not be remembered is not begun.
   */
  boolean hasRoom();

  /**
   * Remembers an exchange. When this returns it survives the death of the process; the last bytes
   * of the answer are written only then.
   */
  void append(Exchange exchange);
}
