package dev.probity.gateway.door.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The messages of one {@code stream_id}, answered one after another. */
final class SocketLane {
  private final String name;
  private final byte[] prefix;
  private final Deque<Create> waiting = new ArrayDeque<>();

  /** What is being answered. */
  @Nullable SocketAnswer running;

  /**
   * @param name empty for the lane without one
   */
  SocketLane(String name) {
    this.name = name;
    this.prefix =
        name.isEmpty() ? new byte[0] : ("\"stream_id\":\"" + name + "\",").getBytes(US_ASCII);
  }

  String name() {
    return name;
  }

  /** What every message of the lane begins with, after its bracket. */
  byte[] prefix() {
    return prefix;
  }

  Deque<Create> waiting() {
    return waiting;
  }
}
