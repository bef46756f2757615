package dev.probity.gateway.door;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.Lane;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Another protocol that can be spoken over a connection, once its client has asked for it. */
public interface Upgrade {
  /** Whether a request asks for it. */
  boolean wants(HttpRequest request);

  /**
   * Takes a request that asks for it, on a connection that speaks HTTP/1.1.
   *
   * @return who is told of its body; null if it was refused at once
   */
  @Nullable Serving serve(
      Door door, Gateway gateway, Lane lane, HttpRequest request, Answer answer);
}
