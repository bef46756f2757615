package dev.probity.gateway;

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
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/**
 * The request as it goes upstream: the client's own headers and bytes, with another host, target
 * and credential.
 */
final class UpstreamRequest {
  private UpstreamRequest() {}

  /**
   * @param ownKey the client's own provider key, which goes before the deployment's
   * @param head the client's head, cleaned ({@link ClientHeaders#clean}); its headers are used as
   *     they are
   */
  static FullHttpRequest of(
      Operation operation,
      HttpRequest head,
      ByteBuf body,
      Candidate candidate,
      Optional<String> ownKey) {
    Upstream upstream = candidate.deployment().upstream();
    HttpHeaders headers = head.headers();
    headers.set(HttpHeaderNames.HOST, candidate.deployment().origin().hostHeader());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    String configured = candidate.deployment().credential().map(Secret::reveal).orElse("");
    upstream.authorize(headers, ownKey.orElse(configured));
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.POST,
        upstream.target(operation, candidate.model(), ClientHeaders.query(head.uri())),
        body,
        headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
