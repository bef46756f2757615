package dev.probity.gateway;

import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.upstream.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The request as it goes upstream: the client's own headers and bytes, with another host, target
 * and credential.
 */
final class UpstreamRequest {
  private UpstreamRequest() {}

  /**
   * @param head the client's head, cleaned ({@link ClientHeaders#clean}); its headers are used as
   *     they are
   */
  static FullHttpRequest of(
      Operation operation, HttpRequest head, ByteBuf body, Candidate candidate, String credential) {
    Upstream upstream = candidate.deployment().upstream();
    HttpHeaders headers = head.headers();
    headers.set(HttpHeaderNames.HOST, candidate.deployment().origin().hostHeader());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    upstream.authorize(headers, credential);
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.POST,
        upstream.target(operation, candidate.model(), ClientHeaders.query(head.uri())),
        body,
        headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
