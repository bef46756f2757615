package dev.probity.gateway.call;

import dev.probity.gateway.Operation;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.upstream.Upstream;
import dev.probity.kernel.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** The request as it goes upstream. */
final class UpstreamRequest {
  private UpstreamRequest() {}

  /**
   * @param query without a key
   * @param headers without any credential; used as they are
   * @param ownKey the client's own provider key, which goes before the deployment's
   */
  static FullHttpRequest of(
      Candidate candidate,
      Operation sent,
      String query,
      HttpHeaders headers,
      ByteBuf body,
      Optional<String> ownKey) {
    Upstream upstream = candidate.deployment().upstream();
    headers.set(HttpHeaderNames.HOST, candidate.deployment().origin().hostHeader());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    String configured = candidate.deployment().credential().map(Secret::reveal).orElse("");
    upstream.authorize(headers, ownKey.orElse(configured));
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.POST,
        upstream.target(sent, candidate.model(), query),
        body,
        headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
