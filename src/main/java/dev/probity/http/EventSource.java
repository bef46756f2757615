package dev.probity.http;

/** Writes one client's server-sent events, on that client's own virtual thread. */
@FunctionalInterface
public interface EventSource {
  /** Writes events until it has no more to say; the sink throws when the client has gone. */
  void run(EventSink sink) throws InterruptedException;
}
