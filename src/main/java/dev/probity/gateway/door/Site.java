package dev.probity.gateway.door;

import dev.probity.gateway.Lane;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is served at a port, or at some of its paths. */
public interface Site {
  /**
   * Takes a request whose head has come and is well-formed.
   *
   * @return who is told of its body; null if it was answered at once and the body is of no interest
   */
  @Nullable Serving serve(ChannelHandlerContext ctx, Lane lane, HttpRequest request, Answer answer);

  /**
   * Whether clients may begin with HTTP/2 on a connection without TLS, and whether some of its
   * streams are more than a request and its answer.
   */
  default boolean hasStreams() {
    return false;
  }

  /**
   * A handler for an HTTP/2 stream that is no ordinary request, such as a call by gRPC: it gets the
   * stream's frames, the one with this head first. Only asked if {@link #hasStreams}.
   */
  default Optional<ChannelHandler> stream(Door door, Http2Headers head) {
    return Optional.empty();
  }
}
